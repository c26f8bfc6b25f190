/**
 * Words of the messages that the rules read: of OpenClaw, Node, the system, proxies and of clawtalk itself. A word that is not here does
 * not leave in a report, so nothing that somebody named can. Lower case.
 */
export const knownWords: ReadonlySet<string> = new Set(
	`a about above accept accepted access active activating address addresses admission admin after again agent agents alert all allow allowed
	already an and another answer answered answers any api api_error application approval approve approved approving are argument as ask asked
	at attempt attempts attribution authentication authenticated authentication_error authorization authorized auth auto autossh available
	backend backendstate bad basic be been before behind bearer bind bind_host binary body both box broken brackets browser but by bytes
	cannot certificate certificates certs challenge chat chatcompletions checks clear client client_error clock close closed closing code
	command completions config configuration configure configured conflict connect connected connecting connection connections consumer content context continue
	control correct could create credentials current cut daemon data dead deactivating deadline decode default defaultagent defaultmodel delete delta denied device devices
	differ digest direct directory disabled disconnected does domain done down drain drained draining drop dropped duplicate
	early empty enabled end ended ending endpoint endpoints entity environment error errors event events exceed exceeded exceeds exec executable exists exit exited
	expected expired explicit external failed failure failing false family fetch few file files first for forbidden format found frame frames from full funnel
	gateway gateway_unavailable gatewaytoken gatewaytokencommand gatewayurl generate generic get getaddrinfo given gone
	had handlers handshake has have head header headers healthz hello here high hold host hostname hosts hot html http https httpd hybrid
	id identified identity idle if ignored image image_url images in inactive incomplete incorrect input inside instead insufficient insecure internal internal_error
	interrupted into invalid invalid_request invalid_request_error ip is issue issuer it its json keep keepalive key kind
	lan large last later length less level limit limited line lines linux list listen live load local localhost lock locked logged login long lookup loop loopback lost
	malformed many match max maximum maxpayload may media memory message messages metadata method methods min minute minutes mismatch missing missing_scope mode model model_not_found models more most moved mtls must
	name names needslogin needsmachineauth network never new no node nodes nonce none not not_found not_found_error not_paired nostate nothing noise null number
	of off offline ok old on once one online only open openclaw operation operator optional or origin origins other out outside over own
	page pair paired pairing pairing_required param parameter parameters params parse password path payload peer pending per permission permanently plain platform please
	plugin policy port ports post prefix present private problem process profile profiles program progress protocol provider providers proxies proxy proxy_attribution_required public put
	query queue quota quote quotes rate rate_limit_error rate_limited ready readyz reach reached read reading reason recent redirect refused register registered reissue reject rejected reload
	remote remove repair repeated replace request requested requestid requests require required requires res reserved reset resolve resource response responses restart restarted restarting resume retry retrying revoked role room rotate rotated route router rule run running
	scheduled scheme scope scopes second secret seconds secure see seems send sending sent serve server server_error servers service service_unavailable session sessions set setting settings setup shared shut shutdown shutting signal signature sigkill sigterm sign silent since size slow
	socket sockets some source space speak spoken ssh ssl stable stale start started starting startup startupz state static status stop stopped stopping store stream streaming string strict such supported suspend suspending switched syntax system
	tailnet tailscale tailscaled tail target tcp temporarily temporary terminated text than that the theme them then there these this thread threw through time timed timeout timestamp title tls to token tokens too tool tools top transport true trust trusted try turn two type
	ui unable unauthenticated unauthorized unavailable undefined unexpected unhandled unicode unknown unless unread unreachable unset unsupported until untrusted up upgrade upgraded upstream url usage use used user using valid validation value variable verification version via violation
	wait waiting want wanted warning was watchdog way web websocket welcome were when where which while who will window with within without word wrong write yet you your zero
	handler wildcard whitespace trailing leading scheme character characters expand expanded unexpanded placeholder
	aggregateerror aborterror error httpparsererror rangeerror requestabortederror socketerror syntaxerror timeouterror typeerror
	getaddrinfo connect read write listen send recv queryA querya queryaaaa shutdown accept econn
	delete get head options patch post put trace
	negotiate ntlm digest realm close chunked gzip
	apache apache2 caddy chisel cloudflare cloudflared envoy express frpc gunicorn haproxy httpd iis kestrel lighttpd nc ncat netcat nginx ngrok node openresty redir rinetd socat sshd stunnel tornado traefik uvicorn varnish werkzeug
	zscaler netskope fortinet fortigate palo alto sophos blue coat bluecoat cisco umbrella forcepoint checkpoint point check barracuda mcafee kaspersky avast bitdefender eset
	let s encrypt authority ca root isrg digicert globalsign google amazon sectigo
	captive portal sign hotspot wifi account password moment just
	anthropic openai openrouter ollama overloaded overloaded_error insufficient_quota context_length_exceeded tool_calls content_filter function_call
	daily monthly billing quota credit balance exhausted
	darwin win32 freebsd x64 arm64 arm ia32
	custom password none trusted tailscale hot hybrid restart off serve funnel
	mon tue wed thu fri sat sun jan feb mar apr may jun jul aug sep oct nov dec gmt
	systemd systemctl lsof proc resolver dns deep handshake stacks siblings neighbours listeners service program listener
	system_run_denied system_run_disabled node_background_unavailable node_not_connected node_disconnected not_connected timeout
	camera_permission_required camera_disabled location_permission_required location_disabled microphone_permission_required mic_permission_required
	screen_recording_permission_required screen_permission_required sms_permission_required permission_missing permission_required
	higher changed permissions allowlist miss needs app front background foreground exec invoke invoked multiple multiples camera microphone recording safe canvas mac linux
	installed bun deno java mysqld php postgres python python3 redis rootlessport ruby
	docker podman kubectl wsl ui device_identity_required`.split(/\s+/),
);
