package io.rserpool.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What servers and clients of the example services say of mistaken options, before they look for a
/// registrar.
final class ServiceCommandsTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          serve echo --set speed=1                   | service echo has no settings, but this is 'speed'
          serve pingpong --set failure-after=no      | a number of 0 or more, but this is 'no'
          serve calculation --set cookie-time=5      | a time such as 500ms or 5s, but this is '5'
          serve calculation --set jobs=5             | max-jobs, cookie-calculations
          serve fractal --set data-time              | --set
          serve echo --listen tcp://0.0.0.0:0        | the address at which users reach this machine
          serve echo --listen sctp://no.host.invalid   | there is no host 'no.host.invalid'
          serve echo --cookie-keys no.such.keys        | option --cookie-keys: cookie keys no.such.keys: there is no such file
          serve pingpong --plain-cookies --cookie-keys k | exclude each other, but both are given
          serve pingpong --profile rfc --plain-cookies --control-channel --listen tcp://127.0.0.1:0 | in profile rfc users cannot be told
          serve sing                                 | pingpong, calculation, fractal, but this is 'sing'
          pingpong --interval 5                      | a time is written as 500ms or 5s, but this is '5'
          pingpong --timeout 0s                      | but this is '0s'
          pingpong --count -1                        | --count
          calculate --job-size 0                     | jobs have 1 calculation or more
          calculate --keep-alive-interval 1m         | but this is '1m'
          fractal --width 0                          | a width is 1 to 65536, but this is 0
          fractal --sessions 0                       | a number of sessions is 1 to 1000
          """)
  void mistakesAreNamedWithWhatWasExpected(String line, String expected) {
    int code = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), line.split(" "));
    assertThat(err.toString()).contains(expected).doesNotContain("\tat ");
    assertThat(code).isEqualTo(2);
  }
}
