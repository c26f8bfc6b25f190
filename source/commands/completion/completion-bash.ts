import type {CompletedCommand, Values} from './completion-tables.js';

/** A script for bash 3.2 and later. A word before the command's name may be a flag with its value. */
export function bashCompletion(commands: readonly CompletedCommand[], defaultName: string): string {
	const flags = commands.flatMap(command => command.flags.filter(({values}) => values.kind !== 'none'));
	const withValue = [...new Set(flags.filter(({isOptional}) => !isOptional).map(({name}) => name))];
	return `# Completion of clawtalk for bash. Now: eval "$(clawtalk completion bash)"
# Always: clawtalk completion bash > ~/.local/share/bash-completion/completions/clawtalk
_clawtalk() {
	local current="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" name='' operands=0 index
	# --flag=value arrives as three words.
	if [[ $current == '=' ]]; then current=''; elif [[ $before == '=' ]]; then before="\${COMP_WORDS[COMP_CWORD-2]}"; fi
	for ((index = 1; index < COMP_CWORD; index++)); do
		case "\${COMP_WORDS[index]}" in
			${withValue.join('|')}) if [[ \${COMP_WORDS[index+1]} == '=' ]]; then index=$((index + 2)); else index=$((index + 1)); fi ;;
			-*|'=') ;;
			*) if [[ -z $name ]]; then name="\${COMP_WORDS[index]}"; else operands=$((operands + 1)); fi ;;
		esac
	done
	COMPREPLY=()
	case "\${name:-${defaultName}} $before" in
${commands.flatMap(valueCases).join('\n')}
	esac
	if [[ -z $name && $current != -* ]]; then
		COMPREPLY=($(compgen -W '${commands.map(({name}) => name).join(' ')}' -- "$current"))
		return
	fi
	if [[ $current == -* ]]; then
		case "\${name:-${defaultName}}" in
${commands.map(({name, flags: own}) => `			${name}) COMPREPLY=($(compgen -W '${own.map(flag => flag.name).join(' ')}' -- "$current")) ;;`).join('\n')}
		esac
		return
	fi
	[[ $operands -gt 0 ]] && return
	case "$name" in
${commands.flatMap(({name, operands}) => (operands.kind === 'text' ? [] : [`		${name}) ${reply(operands)} ;;`])).join('\n')}
	esac
}
complete -F _clawtalk clawtalk
`;
}

function valueCases({name, flags}: CompletedCommand): readonly string[] {
	return flags.flatMap(flag => {
		if (flag.values.kind === 'none') return [];
		const cases = [flag.name, ...(flag.short ? [`-${flag.short}`] : [])].map(spelling => `'${name} ${spelling}'`).join('|');
		// What follows a flag whose value may be left out can be anything.
		return flag.isOptional ? [] : [`		${cases}) ${reply(flag.values)} return ;;`];
	});
}

function reply(values: Values): string {
	switch (values.kind) {
		case 'words':
			return `COMPREPLY=($(compgen -W '${values.words.join(' ')}' -- "$current"));`;
		case 'profile':
			return 'COMPREPLY=($(compgen -W "$(clawtalk completion profiles 2>/dev/null)" -- "$current"));';
		case 'file':
			return 'compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- "$current"));';
		case 'none':
		case 'text':
			return '';
	}
}
