/**
 * What kind of place an address or host name is, which decides about proxies and about sending a token in plain text.
 *
 * `loopback` 127/8, ::1, localhost · `private` RFC 1918 · `link-local` 169.254/16, fe80::/10 · `cgnat` 100.64/10 (Tailscale, but
 * also carrier NAT) · `tailscale-v6` fd7a:115c:a1e0::/48 · `unique-local` other fc00::/7 · `tailnet-name` *.ts.net ·
 * `local-name` *.local · `single-label` a name without a dot · `unspecified` 0.0.0.0, :: · `public` everything else.
 */
export type AddressClass =
	| 'loopback'
	| 'private'
	| 'link-local'
	| 'cgnat'
	| 'tailscale-v6'
	| 'unique-local'
	| 'tailnet-name'
	| 'local-name'
	| 'single-label'
	| 'unspecified'
	| 'public';
