package io.rserpool.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.rserpool.engine.AssociationId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.AbstractLogger;
import org.slf4j.helpers.MessageFormatter;

final class EventLogTest {

  private static final long SECOND_NS = 1_000_000_000;

  private final List<String> lines = new ArrayList<>();
  private long nowNs;
  private final EventLog log = new EventLog(new Lines(), "n1", () -> nowNs);

  /// Keeps formatted lines.
  private final class Lines extends AbstractLogger {
    @Override
    protected String getFullyQualifiedCallerName() {
      return "";
    }

    @Override
    protected void handleNormalizedLoggingCall(
        Level level, Marker marker, String pattern, Object[] arguments, Throwable throwable) {
      lines.add(level + " " + MessageFormatter.basicArrayFormat(pattern, arguments));
    }

    @Override
    public boolean isTraceEnabled() {
      return false;
    }

    @Override
    public boolean isTraceEnabled(Marker marker) {
      return false;
    }

    @Override
    public boolean isDebugEnabled() {
      return false;
    }

    @Override
    public boolean isDebugEnabled(Marker marker) {
      return false;
    }

    @Override
    public boolean isInfoEnabled() {
      return true;
    }

    @Override
    public boolean isInfoEnabled(Marker marker) {
      return true;
    }

    @Override
    public boolean isWarnEnabled() {
      return true;
    }

    @Override
    public boolean isWarnEnabled(Marker marker) {
      return true;
    }

    @Override
    public boolean isErrorEnabled() {
      return true;
    }

    @Override
    public boolean isErrorEnabled(Marker marker) {
      return true;
    }
  }

  private static NetEvent refused(String source) {
    return new NetEvent.ConnectionRefused(source, "too fast");
  }

  @Test
  void anEventIsOneLineInAFixedOrder() {
    log.accept(new NetEvent.AssociationAborted(new AssociationId(3), "192.0.2.1:99", "deaf"));
    assertThat(lines)
        .containsExactly(
            "WARN node=n1 event=AssociationAborted"
                + " source=192.0.2.1:99 association=in-3 aborted: deaf");
  }

  @Test
  void oneSourceIsLimitedAndTheNextLineSaysWhatWasLeftOut() {
    for (int i = 0; i < 25; i++) {
      log.accept(refused("a"));
    }
    assertThat(lines).hasSize(5);
    nowNs = SECOND_NS;
    log.accept(refused("a"));
    assertThat(lines).hasSize(6);
    assertThat(lines.getLast()).endsWith("too fast (20 such lines left out before)");
    nowNs = 2 * SECOND_NS;
    log.accept(refused("a"));
    assertThat(lines.getLast()).endsWith("too fast");
  }

  @Test
  void anotherSourceIsStillHeard() {
    for (int i = 0; i < 25; i++) {
      log.accept(refused("a"));
    }
    log.accept(refused("b"));
    assertThat(lines.getLast()).contains("source=b");
  }

  @Test
  void manySourcesTogetherAreLimitedAsWell() {
    for (int i = 0; i < 5_000; i++) {
      log.accept(refused("source" + i));
    }
    assertThat(lines).hasSize(50);
  }

  @Test
  void whatNoPeerCanCauseIsNeverLeftOut() {
    for (int i = 0; i < 500; i++) {
      log.accept(new NetEvent.NodeFailed("n1", "x"));
    }
    assertThat(lines).hasSize(500).allMatch(line -> line.startsWith("ERROR "));
  }
}
