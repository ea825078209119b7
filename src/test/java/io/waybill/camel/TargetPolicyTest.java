package io.waybill.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.impl.InMemoryDnsResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetPolicyTest {
    private static TargetPolicy policy(String address, boolean allowPrivate, boolean allowLoopback)
            throws UnknownHostException {
        InMemoryDnsResolver names = new InMemoryDnsResolver();
        names.add("shop.example", InetAddress.getByName(address));
        return new TargetPolicy((DnsResolver) names, allowPrivate, allowLoopback);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "::1",
                "10.0.0.1",
                "172.16.3.4",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "0.0.0.0",
                "224.0.0.1",
                "255.255.255.255",
                "fe80::1",
                "fd00::1",
                "::ffff:10.0.0.1",
                "64:ff9b::a00:1",
                "2002:a00:1::"
            })
    void refusesAddressesOfOurOwnNetwork(String address) {
        assertThatThrownBy(() -> policy(address, false, false).resolve("shop.example"))
                .isInstanceOf(TargetRefused.class)
                .hasMessageContaining("shop.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"203.0.113.7", "8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111"})
    void allowsPublicAddresses(String address) throws Exception {
        assertThat(policy(address, false, false).resolve("shop.example")).hasSize(1);
    }

    @Test
    void allowsLoopbackAloneWhileBoundToLoopback() throws Exception {
        assertThat(policy("127.0.0.1", false, true).resolve("shop.example")).hasSize(1);
        assertThatThrownBy(() -> policy("10.0.0.1", false, true).resolve("shop.example"))
                .isInstanceOf(TargetRefused.class);
    }

    @Test
    void allowsAllWhenTold() throws Exception {
        assertThat(policy("10.0.0.1", true, false).resolve("shop.example")).hasSize(1);
        assertThat(policy("127.0.0.1", true, false).resolve("shop.example")).hasSize(1);
    }

    @Test
    void refusesANameWithOnePrivateAddressAmongOthers() throws Exception {
        InMemoryDnsResolver names = new InMemoryDnsResolver();
        names.add("shop.example", InetAddress.getByName("203.0.113.7"), InetAddress.getByName("10.0.0.1"));

        assertThatThrownBy(() -> new TargetPolicy(names, false, false).resolve("shop.example"))
                .isInstanceOf(TargetRefused.class);
    }
}
