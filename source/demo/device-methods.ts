import {type Method, MethodError} from './method.js';

export const deviceMethods: Readonly<Record<string, Method>> = {
	'device.pair.list': {
		scope: 'operator.pairing',
		run: ({devices}) => ({
			pending: [...devices.pending.values()].map(({id, ...request}) => ({...request, deviceId: id})),
			paired: [...devices.paired.values()].map(({id, platform, role, scopes}) => ({deviceId: id, platform, role, scopes})),
		}),
	},
	'device.pair.approve': {
		scope: 'operator.pairing',
		required: {requestId: 'string'},
		run({devices}, {requestId}) {
			const request = devices.pending.get(String(requestId));
			if (!request) throw new MethodError('unknown requestId');
			const {token: _token, ...device} = devices.admit(request);
			return {requestId, device: {...device, deviceId: device.id}};
		},
	},
	'device.pair.reject': {
		scope: 'operator.pairing',
		required: {requestId: 'string'},
		run({devices}, {requestId}) {
			const request = devices.pending.get(String(requestId));
			if (!request) throw new MethodError('unknown requestId');
			devices.pending.delete(String(requestId));
			return {requestId, deviceId: request.id};
		},
	},
};
