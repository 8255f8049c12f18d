package io.rserpool.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.MatchResult;

/// Users of a pool who resolve its handle all the time, all in one process; see [UsersProgram].
record RunningUsers(CliProcess process) {

  /// What came of the resolutions since the last time.
  ///
  /// @param failed of all since the start
  /// @param fewest elements in one answer
  record Tally(long failed, int fewest, String text) {}

  static RunningUsers await(CliProcess process) {
    process.out().await("^users ready$", CliProcess.LIMIT);
    return new RunningUsers(process);
  }

  /// Waits for some more resolutions, those of each user among them.
  Tally awaitMore() {
    MatchResult match = ask("more 40", "^resolutions \\d+ failed (\\d+) fewest (\\d+) slowest .*");
    return new Tally(
        Long.parseLong(match.group(1)), Integer.parseInt(match.group(2)), match.group());
  }

  /// Insists that no resolution has failed so far, and that since the last time each gave so many
  /// elements at least.
  void assertServed(int elements) {
    Tally tally = awaitMore();
    assertThat(tally.failed()).as("%s\n%s", tally.text(), process.out().text()).isZero();
    assertThat(tally.fewest()).as("%s", tally.text()).isGreaterThanOrEqualTo(elements);
  }

  /// The handlespace of a registrar, as seen from where these users are.
  RegistrarTable table(RunningRegistrar registrar) {
    return RegistrarTable.parse(ask("table " + registrar.enrp(), "^table .*").group());
  }

  private MatchResult ask(String command, String answer) {
    int from = process.out().size();
    process.type(command);
    return process.out().await(answer, from, CliProcess.LIMIT);
  }
}
