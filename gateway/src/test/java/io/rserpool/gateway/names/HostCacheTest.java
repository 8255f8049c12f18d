package io.rserpool.gateway.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolver.LookupPolicy;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HostCacheTest {
  private static final LookupPolicy ANY = LookupPolicy.of(LookupPolicy.IPV4 | LookupPolicy.IPV6);
  private static final LookupPolicy ONLY_4 = LookupPolicy.of(LookupPolicy.IPV4);

  private long nowNs = -5;
  private int asked;

  /// Knows `known` only, at an address that is another one at each question.
  private final InetAddressResolver builtin =
      new InetAddressResolver() {
        @Override
        public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
            throws UnknownHostException {
          asked++;
          if (!host.equals("known")) {
            throw new UnknownHostException(host + " is not known");
          }
          return Stream.of(InetAddress.getByAddress(host, new byte[] {10, 0, 0, (byte) asked}));
        }

        @Override
        public String lookupByAddress(byte[] address) {
          return "host-" + address[3];
        }
      };

  private HostCache cache(long foundSeconds, long unknownSeconds) {
    return new HostCache(
        builtin,
        new CacheTimes(Duration.ofSeconds(foundSeconds), Duration.ofSeconds(unknownSeconds)),
        () -> nowNs);
  }

  private static int lastByte(HostCache cache) throws UnknownHostException {
    return cache.lookupByName("known", ANY).findFirst().orElseThrow().getAddress()[3];
  }

  @Test
  void addressesAreKeptForTheirTimeAndNotLonger() throws UnknownHostException {
    HostCache cache = cache(30, 10);
    assertThat(lastByte(cache)).isEqualTo(1);
    nowNs += Duration.ofSeconds(30).toNanos() - 1;
    assertThat(lastByte(cache)).isEqualTo(1);
    nowNs += 1;
    assertThat(lastByte(cache)).isEqualTo(2);
  }

  @Test
  void thatAHostIsUnknownIsKeptForItsOwnTime() {
    HostCache cache = cache(30, 10);
    for (int expected : new int[] {1, 1, 2}) {
      assertThatExceptionOfType(UnknownHostException.class)
          .isThrownBy(() -> cache.lookupByName("other", ANY))
          .withMessage("other is not known");
      assertThat(asked).isEqualTo(expected);
      nowNs += Duration.ofSeconds(5).toNanos();
    }
  }

  @Test
  void zeroKeepsNothingAndANegativeTimeKeepsForEver() throws UnknownHostException {
    HostCache none = cache(0, 0);
    assertThat(lastByte(none)).isEqualTo(1);
    assertThat(lastByte(none)).isEqualTo(2);
    HostCache endless = cache(-1, -1);
    assertThat(lastByte(endless)).isEqualTo(3);
    nowNs += Duration.ofDays(1000).toNanos();
    assertThat(lastByte(endless)).isEqualTo(3);
  }

  @Test
  void familiesAreKeptApart() throws UnknownHostException {
    HostCache cache = cache(30, 10);
    assertThat(cache.lookupByName("known", ANY)).hasSize(1);
    assertThat(cache.lookupByName("known", ONLY_4)).hasSize(1);
    assertThat(asked).isEqualTo(2);
  }

  @Test
  void namesOfAddressesAreTheBuiltInResolversBusiness() throws UnknownHostException {
    assertThat(cache(30, 10).lookupByAddress(new byte[] {1, 2, 3, 4})).isEqualTo("host-4");
  }
}
