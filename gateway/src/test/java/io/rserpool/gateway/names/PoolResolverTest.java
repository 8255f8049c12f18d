package io.rserpool.gateway.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rserpool.gateway.PoolNames;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolver.LookupPolicy;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PoolResolverTest {
  private static final InetAddress FOUR = InetAddress.ofLiteral("10.0.0.4");
  private static final InetAddress SIX = InetAddress.ofLiteral("2001:db8::6");
  private static final InetAddress OTHER = InetAddress.ofLiteral("10.0.0.99");

  private static final InetAddressResolver OTHERS =
      new InetAddressResolver() {
        @Override
        public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) {
          return Stream.of(OTHER);
        }

        @Override
        public String lookupByAddress(byte[] address) {
          return "other";
        }
      };

  private static List<InetAddress> lookup(PoolLookup pools, String host, int characteristics)
      throws UnknownHostException {
    return new PoolResolver(PoolNames.defaults(), OTHERS, pools)
        .lookupByName(host, LookupPolicy.of(characteristics))
        .toList();
  }

  @Test
  void poolsAreLookedUpAtTheRegistrarAndHostsWhereTheyAlwaysWere() throws UnknownHostException {
    int any = LookupPolicy.IPV4 | LookupPolicy.IPV6;
    assertThat(lookup(_ -> List.of(SIX, FOUR), "x.pool.rserpool", any)).containsExactly(SIX, FOUR);
    assertThat(lookup(_ -> List.of(SIX, FOUR), "x.org", any)).containsExactly(OTHER);
  }

  @Test
  void theFamilyThatIsWantedIsGivenInTheOrderThatIsWanted() throws UnknownHostException {
    PoolLookup both = _ -> List.of(SIX, FOUR);
    String host = "x.pool.rserpool";
    assertThat(lookup(both, host, LookupPolicy.IPV4)).containsExactly(FOUR);
    assertThat(lookup(both, host, LookupPolicy.IPV6)).containsExactly(SIX);
    int any = LookupPolicy.IPV4 | LookupPolicy.IPV6;
    assertThat(lookup(both, host, any | LookupPolicy.IPV4_FIRST)).containsExactly(FOUR, SIX);
    assertThat(lookup(_ -> List.of(FOUR, SIX), host, any | LookupPolicy.IPV6_FIRST))
        .containsExactly(SIX, FOUR);
    assertThatExceptionOfType(UnknownHostException.class)
        .isThrownBy(() -> lookup(_ -> List.of(FOUR), host, LookupPolicy.IPV6))
        .withMessageContaining(host)
        .withMessageContaining("family");
  }

  @Test
  void whatWentWrongIsSaid() {
    assertThatExceptionOfType(UnknownHostException.class)
        .isThrownBy(() ->
            lookup(
                _ -> {
                  throw new ConnectException("no registrar answers");
                },
                "x.pool.rserpool",
                LookupPolicy.IPV4))
        .withMessage("x.pool.rserpool: no registrar answers")
        .withCauseInstanceOf(ConnectException.class);
  }
}
