import type {CompletedCommand, CompletedFlag, Values} from './completion-tables.js';

/** A script for zsh, for a folder of $fpath or for eval. */
export function zshCompletion(commands: readonly CompletedCommand[], defaultName: string): string {
	const usual = commands.find(({name}) => name === defaultName)?.flags ?? [];
	return `#compdef clawtalk
# Completion of clawtalk for zsh. Now: eval "$(clawtalk completion zsh)"
# Always: clawtalk completion zsh > a folder of $fpath, as _clawtalk
_clawtalk_profiles() {
	local -a profiles
	profiles=(\${(f)"$(clawtalk completion profiles 2>/dev/null)"})
	compadd -a profiles
}
_clawtalk() {
	local curcontext="$curcontext" state line
	local -a commands
	commands=(
${commands.map(({name, summary}) => `		${quoted(`${name}:${escaped(summary)}`)}`).join('\n')}
	)
	_arguments -C \\
${usual.map(flag => `		${specOf(flag)} \\`).join('\n')}
		'1: :->command' '*:: :->rest'
	case $state in
		command) _describe command commands ;;
		rest)
			case $words[1] in
${commands.map(caseOf).join('\n')}
			esac ;;
	esac
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _clawtalk "$@"; else compdef _clawtalk clawtalk; fi
`;
}

function caseOf({name, flags, operands}: CompletedCommand): string {
	const specs = [...flags.map(specOf), ...(operands.kind === 'text' ? [] : [quoted(`1: :${actionOf(operands)}`)])];
	return `				${name}) _arguments ${specs.join(' ')} ;;`;
}

function specOf({name, help, values, isOptional, isRepeated, value}: CompletedFlag): string {
	const described = `[${escaped(help)}]`;
	const many = isRepeated ? '*' : '';
	if (values.kind === 'none') return quoted(`${many}${name}${described}`);
	return quoted(`${many}${name}=${described}${isOptional ? '::' : ':'}${escaped(value)}:${actionOf(values)}`);
}

function actionOf(values: Values): string {
	switch (values.kind) {
		case 'words':
			return `(${values.words.join(' ')})`;
		case 'profile':
			return '_clawtalk_profiles';
		case 'file':
			return '_files';
		case 'none':
		case 'text':
			return '';
	}
}

function escaped(text: string): string {
	return text.replace(/[[\]:\\]/g, '\\$&');
}

function quoted(text: string): string {
	return `'${text.replaceAll("'", "'\\''")}'`;
}
