package io.rserpool.services;

import io.rserpool.client.host.Service;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.services.calculation.CalculationService;
import io.rserpool.services.calculation.CalculationSettings;
import io.rserpool.services.fractal.FractalService;
import io.rserpool.services.fractal.FractalSettings;
import io.rserpool.services.pingpong.PingPongService;
import io.rserpool.services.stream.StreamService;
import java.util.List;
import java.util.Map;

/// The services that come with the library.
public final class Services {

  private static final List<String> NAMES =
      List.of("echo", "discard", "daytime", "chargen", "pingpong", "calculation", "fractal");

  private Services() {}

  /// Their names, in the order in which they are shown.
  public static List<String> names() {
    return NAMES;
  }

  /// The service with that name.
  ///
  /// @throws IllegalArgumentException that names those there are
  public static Service named(String name) {
    return named(name, Map.of());
  }

  /// The service with that name and settings, each a name and a value as people write them.
  ///
  /// @throws IllegalArgumentException that says what there is
  public static Service named(String name, Map<String, String> settings) {
    ServiceSettings given = new ServiceSettings(name, settings);
    Service service =
        switch (name) {
          case "echo" -> StreamService.ECHO;
          case "discard" -> StreamService.DISCARD;
          case "daytime" -> StreamService.DAYTIME;
          case "chargen" -> StreamService.CHARGEN;
          case "pingpong" -> new PingPongService(given.number("failure-after", 0, 0));
          case "calculation" -> new CalculationService(calculation(given));
          case "fractal" -> new FractalService(fractal(given));
          default -> throw unknown(name);
        };
    given.requireAllKnown();
    return service;
  }

  private static IllegalArgumentException unknown(String name) {
    return new IllegalArgumentException(
        "a service is one of " + String.join(", ", NAMES) + ", but this is '" + name + "'");
  }

  /// The pool that the service with that name joins unless told otherwise: the one that rsplib's
  /// programs use.
  ///
  /// @throws IllegalArgumentException that names those there are
  public static PoolHandle pool(String name) {
    return switch (name) {
      case "echo" -> StreamService.ECHO.pool();
      case "discard" -> StreamService.DISCARD.pool();
      case "daytime" -> StreamService.DAYTIME.pool();
      case "chargen" -> StreamService.CHARGEN.pool();
      case "pingpong" -> PingPongService.POOL;
      case "calculation" -> CalculationService.POOL;
      case "fractal" -> FractalService.POOL;
      default -> throw unknown(name);
    };
  }

  /// Whether the service with that name leaves cookies with its users.
  ///
  /// @throws IllegalArgumentException that names those there are
  public static boolean usesCookies(String name) {
    return switch (name) {
      case "pingpong", "calculation", "fractal" -> true;
      case "echo", "discard", "daytime", "chargen" -> false;
      default -> throw unknown(name);
    };
  }

  private static CalculationSettings calculation(ServiceSettings given) {
    CalculationSettings usual = CalculationSettings.defaults();
    return new CalculationSettings(
        given.number("capacity", usual.capacity(), 1),
        Math.toIntExact(given.number("max-jobs", usual.jobsMax(), 1, Integer.MAX_VALUE)),
        given.number("cookie-calculations", usual.cookieCalculations(), 1),
        given.time("cookie-time", usual.cookieTime()),
        given.time("keep-alive-interval", usual.keepAliveInterval()),
        given.time("keep-alive-timeout", usual.keepAliveTimeout()),
        given.probability("clean-shutdown", usual.cleanShutdownProbability()));
  }

  private static FractalSettings fractal(ServiceSettings given) {
    FractalSettings usual = FractalSettings.defaults();
    return new FractalSettings(
        given.time("cookie-time", usual.cookieTime()),
        Math.toIntExact(
            given.number("cookie-messages", usual.cookieMessages(), 1, Integer.MAX_VALUE)),
        given.time("data-time", usual.dataTime()),
        given.number("failure-after", usual.failureAfter(), 0));
  }
}
