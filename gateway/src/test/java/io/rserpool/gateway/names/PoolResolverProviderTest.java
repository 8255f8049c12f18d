package io.rserpool.gateway.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.spi.InetAddressResolver;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolResolverProviderTest {

  private static final InetAddressResolver BUILTIN =
      new InetAddressResolver() {
        @Override
        public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) {
          return Stream.empty();
        }

        @Override
        public String lookupByAddress(byte[] address) {
          return "";
        }
      };

  private static InetAddressResolver with(String property, String value) {
    System.setProperty(property, value);
    try {
      return PoolResolverProvider.resolver(BUILTIN);
    } finally {
      System.clearProperty(property);
    }
  }

  @Test
  void poolsAreLookedUpUnlessThatIsSwitchedOff() {
    assertThat(PoolResolverProvider.resolver(BUILTIN)).isInstanceOf(PoolResolver.class);
  }

  @ParameterizedTest
  @CsvSource({"rserpool.names.mode, off", "rserpool.suffix, .mistaken."})
  void itStandsAsideWhereItIsSwitchedOffOrMistaken(String property, String value) {
    assertThat(with(property, value)).isSameAs(BUILTIN);
  }
}
