package io.rserpool.cli.console;

import io.rserpool.client.Scope;
import io.rserpool.net.status.StatusOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Whether and where a component reports its status: by the options, else by the variables
/// `CSP_SERVER` and `CSP_INTERVAL` of the environment, as rsplib's programs have them.
public final class StatusOption {
  @Option(
      names = "--csp-server",
      paramLabel = "HOST:PORT",
      description =
          "Report the status to a monitor, such as rsplib's cspmonitor, by UDP; port 2960 if none is"
              + " given. Default: the variable CSP_SERVER; without it there are no reports.")
  private @Nullable String server;

  @Option(
      names = "--csp-interval",
      paramLabel = "MS",
      description =
          "How often, in milliseconds, 250 at least. Default: the variable CSP_INTERVAL, else 1000.")
  private @Nullable String interval;

  private final HashMap<String, String> environment;

  /// Looks at the environment of this process.
  public StatusOption() {
    this(System.getenv());
  }

  StatusOption(Map<String, String> environment) {
    this.environment = new HashMap<>(environment);
  }

  /// The scope, with reports if they are wanted.
  public Scope of(Scope scope) {
    return scope.withStatusReports(options(StatusOptions.OFF));
  }

  /// What is given on the command line or in the environment; the rest as before.
  ///
  /// @throws CommandFailure that says which of them is mistaken
  public StatusOptions options(StatusOptions before) {
    StatusOptions options = before;
    Optional<Given> monitor = given("--csp-server", server, "CSP_SERVER");
    if (monitor.isPresent()) {
      options = monitor.get().read(() -> before.withMonitor(monitor.get().text()));
    }
    StatusOptions reported = options;
    return given("--csp-interval", interval, "CSP_INTERVAL")
        .map(given -> given.read(() -> reported.withInterval(given.interval())))
        .orElse(reported);
  }

  private Optional<Given> given(String option, @Nullable String text, String variable) {
    if (text != null) {
      return Optional.of(new Given("option " + option, text, false));
    }
    return Optional.ofNullable(environment.get(variable))
        .filter(value -> !value.isBlank())
        .map(value -> new Given("variable " + variable, value, true));
  }

  /// @param isVariable too short intervals are raised there, as rsplib does
  private record Given(String where, String text, boolean isVariable) {

    Duration interval() {
      Duration given = Duration.ofMillis(Long.parseLong(text));
      boolean isRaised = isVariable && given.compareTo(StatusOptions.INTERVAL_MIN) < 0;
      return isRaised ? StatusOptions.INTERVAL_MIN : given;
    }

    StatusOptions read(Supplier<StatusOptions> reading) {
      try {
        return reading.get();
      } catch (NumberFormatException e) {
        throw CommandFailure.mistaken(
            where + " is a number of milliseconds, but this is '" + text + "'", e);
      } catch (IllegalArgumentException e) {
        throw CommandFailure.mistaken(where + ": " + e.getMessage(), e);
      }
    }
  }
}
