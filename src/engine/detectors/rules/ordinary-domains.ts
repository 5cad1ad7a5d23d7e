/**
 * Registered domains below which long, machine-made, ever-new names are ordinary, and whose zones nobody but their owner serves, so that no
 * tunnel can end there.
 */
export const ORDINARY_DOMAINS: ReadonlySet<string> = new Set(
  [
    // Delivery networks
    'akadns.net akahost.net akam.net akamai.com akamai.net akamaiedge.net akamaihd.net akamaistream.net akamaitechnologies.com akamaized.net',
    'edgekey.net edgesuite.net cloudfront.net fastly.net fastlylb.net cloudflare.com cloudflare.net cloudflare-dns.com llnwd.net footprint.net',
    'edgecastcdn.net systemcdn.net cdn77.org b-cdn.net bunnycdn.com stackpathdns.com incapdns.net imperva.com impervadns.net msecnd.net',
    'cdngslb.com kunlunsl.com kunluncan.com alicdn.com alibabadns.com tlivecdn.com wscdns.com lxdns.com ourwebpic.com gcdn.co rackcdn.com',
    // Clouds, their load balancers and platforms for others' sites
    'amazonaws.com amazonses.com awsdns.com awsglobalaccelerator.com azure.com azure.net azureedge.net azurefd.net azurewebsites.net windows.net',
    'trafficmanager.net msedge.net appspot.com withgoogle.com googleapis.com googleusercontent.com run.app web.app firebaseapp.com firebaseio.com',
    'herokuapp.com vercel.app netlify.app pages.dev workers.dev github.io gitlab.io githubusercontent.com wordpress.com wp.com blogspot.com',
    'tumblr.com myshopify.com wixsite.com weebly.com livejournal.com substack.com squarespace.com dweb.link ipfs.io cf-ipfs.com nip.io sslip.io',
    'plex.direct quickconnect.to synology.me ui.direct sharepoint.com salesforce.com force.com sendgrid.net onmicrosoft.com',
    // Large services and their telemetry
    'microsoft.com windows.com windowsupdate.com msn.com bing.com live.com office.com office365.com outlook.com office.net msftncsi.com',
    'msftconnecttest.com msidentity.com apple.com icloud.com icloud-content.com aaplimg.com apple-dns.net google.com gstatic.com 1e100.net',
    'googlevideo.com googlesyndication.com doubleclick.net ytimg.com ggpht.com gvt1.com gvt2.com gvt3.com facebook.com fbcdn.net cdninstagram.com',
    'whatsapp.net netflix.com nflxvideo.net nflxso.net spotify.com scdn.co tiktokcdn.com tiktokv.com byteoversea.com steamcontent.com',
    'steamserver.net zoom.us datadoghq.com newrelic.com nr-data.net sentry.io 3gppnetwork.org dotnxdomain.net dnsleaktest.com ipleak.net',
    // Block lists and reputation of mail and files: queries carry a hash or an address
    'spamhaus.org spamhaus.net spamhaus.com surbl.org uribl.com spamcop.net barracudacentral.org barracudabrts.com sorbs.net dnswl.org mailspike.net',
    'abuseat.org njabl.org senderscore.com senderbase.org ivmuri.com spameatingmonkey.net msbl.org rspamd.com isipp.com habeas.com cymru.com',
    'shadowserver.org abuse.ch pphosted.com vali.email sophosxl.net sophos.com mcafee.com trellix.com trendmicro.com e5.sk eset.com mailshell.net',
    'kaspersky-labs.com ksn.com kaspersky.com avast.com avcdn.net avg.com bitdefender.net bitdefender.com fsapi.com f-secure.com drweb.com',
    'webrootcloudav.com brightcloud.com symantec.com norton.com fortinet.net fortiguard.net checkpoint.com paloaltonetworks.com opendns.com',
    'umbrella.com zscaler.net crowdstrike.com sentinelone.net sectigo.com digicert.com',
  ].flatMap((line) => line.split(' ')),
);
