import {commandAtStart, type ToolOrder, toolOrdersIn} from '../../chat/connection/tool-orders.js';
import {shown} from '../../config/shown.js';
import {exitCodes} from '../../exit-codes.js';
import {canConverse, isSwitchedOff} from '../../gateway/chosen-transport.js';
import type {Gateway} from '../../gateway/gateway.js';
import type {AskOptions} from './ask-options.js';
import type {AnswerRecord} from './ask-record.js';
import type {AskResult} from './ask-result.js';

/** A part of a question, as its parts follow each other. */
export interface QuestionPart {
	/** `stdin`, a file. */
	readonly where: string;
	readonly text: string;
}

/** An order about the gateway's tools, and where in the question it stands. */
export interface FoundOrder {
	readonly where: string;
	readonly order: ToolOrder;
}

/**
 * The first order about its tools that the gateway would read in a question over its control plane. A script that pipes a log or a mail into
 * `ask` did not write it: no matter where it stands, nothing tells it from one that is meant. Undefined where they are allowed, or none is there.
 */
export function orderIn(
	parts: readonly QuestionPart[],
	{allowOrders, system}: Pick<AskOptions, 'allowOrders' | 'system'>,
): FoundOrder | undefined {
	if (allowOrders) return undefined;
	const said = parts.filter(({text}) => text !== '');
	for (const [index, {where, text}] of said.entries()) {
		const order = (index === 0 ? commandAtStart(text) : undefined) ?? toolOrdersIn(text)[0];
		if (order !== undefined) return {where, order};
	}
	// 2026.2.9 gets the instructions before the question, and reads orders in them.
	const order = system === undefined ? undefined : toolOrdersIn(system)[0];
	return order && {where: '--system', order};
}

/** Why a question with an order is not sent: it would go over the control plane. Undefined where it goes, or may go, over HTTP. */
export function refuseOrder(found: FoundOrder | undefined, {target, control}: Pick<Gateway, 'target' | 'control'>): AskResult | undefined {
	if (found === undefined || target.transport === 'http') return undefined;
	if (target.transport !== 'ws' && !canConverse(control.state)) return undefined;
	return refused(found, '; over HTTP (--transport http) it is plain text');
}

/** Why a question with an order was not sent after all: HTTP is switched off, and the control plane was not taken in its place. */
export function refuseOrderWithoutHttp(found: FoundOrder | undefined, {end}: AnswerRecord): AskResult | undefined {
	if (found === undefined || end === undefined || !isSwitchedOff(end.evidence)) return undefined;
	return refused(found, '; HTTP, where it is plain text, is switched off at this gateway');
}

function refused({where, order: {name, line}}: FoundOrder, instead: string): AskResult {
	const written = name === '!' ? '!' : `/${name}`;
	const error = `Nothing was sent: line ${line} of ${shown(where)} has ${written}, which the gateway takes over its control plane as an order about its tools. --allow-orders sends it all the same${instead}.`;
	return {exitCode: exitCodes.usage, error, notes: [], diagnoses: []};
}
