package io.rserpool.gateway.names;

import io.rserpool.gateway.PoolNames;
import io.rserpool.gateway.SettingTexts;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes `http://echo.pool.rserpool:8080/` work in any program: it is found by the Java runtime
/// when this jar is on the class path or the module path. No registrar is called before the
/// name of a pool is looked up. A setting that is mistaken is logged as an error, and names of pools
/// are then unknown.
///
/// System properties, each also as an environment variable (`RSERPOOL_NAMES_MODE` and so on),
/// beside those of [io.rserpool.gateway.GatewaySettings#ofProcess]:
///
/// - `rserpool.names.mode`: `elements` (default): a name is the addresses of the pool's elements,
///   the one to use first at the head; they share one port, which the program names. `listener`: a
///   name is a loopback address of its own where this process forwards connections to the elements,
///   whatever ports these have. `off`: this provider stands aside.
/// - `rserpool.names.ports`: the ports at which listeners listen, separated by commas.
/// - `rserpool.names.probe`: `true` (default) calls the element at the head before it is given out,
///   so that a program which tries one address only is not sent to a dead one; `false` does not,
///   which is the default once the process has made a
///   [io.rserpool.gateway.socket.PoolSocketFactory].
/// - `rserpool.names.cache`: `own` (default) switches the cache of addresses in the virtual machine
///   off, which would keep the addresses of the dead for 30 seconds, and keeps those of ordinary
///   hosts here instead, for as long as the virtual machine would have; `jvm` leaves its cache
///   alone.
public final class PoolResolverProvider extends InetAddressResolverProvider {

  private static final Logger LOG = LoggerFactory.getLogger("io.rserpool.gateway");

  /// For the service loader.
  public PoolResolverProvider() {}

  @Override
  public InetAddressResolver get(Configuration configuration) {
    return resolver(configuration.builtinResolver());
  }

  static InetAddressResolver resolver(InetAddressResolver builtin) {
    try {
      return poolResolver(builtin);
    } catch (IllegalArgumentException e) {
      LOG.error("names of pools are unknown in this process: {}", e.getMessage());
      return builtin;
    }
  }

  private static InetAddressResolver poolResolver(InetAddressResolver builtin) {
    SettingTexts texts = SettingTexts.ofProcess();
    if (texts.text("names.mode", "elements").equals("off")) {
      return builtin;
    }
    PoolNames names =
        new PoolNames(texts.text("suffix", PoolNames.DEFAULT_SUFFIX), texts.list("pools", ""));
    InetAddressResolver others =
        texts.text("names.cache", "own").equals("jvm")
            ? builtin
            : new HostCache(builtin, CacheTimes.takeOver());
    return new PoolResolver(names, others, LazyLookups.of(texts));
  }

  @Override
  public String name() {
    return "rserpool";
  }
}
