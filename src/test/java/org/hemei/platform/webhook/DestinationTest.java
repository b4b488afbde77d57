package org.hemei.platform.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way we know into a network from outside, and what may be called. */
class DestinationTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://1.1.1.1/",
                "https://127.0.0.1/",
                "https://localhost/",
                "https://[::1]/",
                "https://10.0.0.1/",
                "https://172.16.0.1/",
                "https://192.168.1.1/",
                "https://169.254.169.254/latest/meta-data/",
                "https://100.64.0.1/",
                "https://0.0.0.0/",
                "https://[::]/",
                "https://[fe80::1]/",
                "https://[fd00::1]/",
                "https://[::ffff:127.0.0.1]/",
                "https://[::ffff:10.0.0.1]/",
                "https://[64:ff9b::7f00:1]/",
                "https://[64:ff9b::a00:1]/",
                "https://[2002:7f00:1::]/",
                "https://[2001:db8::1]/",
                "https://[2001::1]/",
                "https://224.0.0.1/",
                "https://255.255.255.255/",
                "https://198.18.0.1/",
                "https://192.0.2.1/",
                "https://2130706433/",
                "https://0x7f000001/",
                "https://user:x@1.1.1.1/",
                "https://1.1.1.1/#x",
                "ftp://1.1.1.1/",
                "file:///etc/passwd",
                "gopher://1.1.1.1/",
                "https://",
                "//1.1.1.1/",
                "no address",
                "",
                "https://no-such-host.invalid/"
            })
    void aWayIntoTheNetworkIsRefused(String url) {
        assertThat(new Destination(false).refuse(url)).isPresent();
    }

    @Test
    void aPublicAddressIsFineAndLoopbackOnlyWhereItIsAllowed() {
        assertThat(new Destination(false).refuse("https://1.1.1.1/hook?x=1")).isEmpty();
        assertThat(new Destination(false).refuse("https://[2606:4700:4700::1111]/"))
                .isEmpty();
        assertThat(new Destination(true).refuse("http://127.0.0.1:8080/")).isEmpty();
        assertThat(new Destination(true).refuse("https://10.0.0.1/")).isPresent();
    }
}
