package io.waybill.camel;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/**
 * Which addresses a channel may be at. A channel's URL comes from a file, the addresses behind it from DNS: without this,
 * either could point the server at its own network. Asked for every new connection, so a name that changes its address
 * between check and use gains nothing.
 */
public final class TargetPolicy implements DnsResolver {
    private final DnsResolver resolver;
    private final boolean allowPrivate;
    private final boolean allowLoopback;

    /** @param allowLoopback true while the server itself only listens on loopback: then it reaches nothing new */
    public TargetPolicy(boolean allowPrivate, boolean allowLoopback) {
        this(SystemDefaultDnsResolver.INSTANCE, allowPrivate, allowLoopback);
    }

    TargetPolicy(DnsResolver resolver, boolean allowPrivate, boolean allowLoopback) {
        this.resolver = resolver;
        this.allowPrivate = allowPrivate;
        this.allowLoopback = allowPrivate || allowLoopback;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = resolver.resolve(host);
        for (InetAddress address : addresses) {
            if (!allowed(address)) {
                throw new TargetRefused(host);
            }
        }
        return addresses;
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
        return resolver.resolveCanonicalHostname(host);
    }

    boolean allowed(InetAddress address) {
        return address.isLoopbackAddress() ? allowLoopback : allowPrivate || isPublic(address);
    }

    private static boolean isPublic(InetAddress address) {
        return !address.isAnyLocalAddress()
                && !address.isLinkLocalAddress()
                && !address.isSiteLocalAddress()
                && !address.isMulticastAddress()
                && !reserved(address);
    }

    private static boolean reserved(InetAddress address) {
        byte[] bytes = address.getAddress();
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        if (address instanceof Inet4Address) {
            boolean thisNetwork = first == 0;
            boolean carrierNat = first == 100 && second >= 64 && second < 128;
            boolean future = first >= 240;
            return thisNetwork || carrierNat || future;
        }
        boolean uniqueLocal = address instanceof Inet6Address && (first & 0xfe) == 0xfc;
        return uniqueLocal || embedsIpv4(bytes);
    }

    /** NAT64 (64:ff9b::/96) and 6to4 (2002::/16) carry an IPv4 address that could be a private one. */
    private static boolean embedsIpv4(byte[] bytes) {
        boolean nat64 = bytes[0] == 0 && bytes[1] == 0x64 && (bytes[2] & 0xff) == 0xff && (bytes[3] & 0xff) == 0x9b;
        return nat64 || (bytes[0] == 0x20 && bytes[1] == 0x02);
    }
}
