package io.rserpool.engine.registrar;

import java.util.ArrayList;
import java.util.List;

/// What is known of one element's life: when it was heard, which question is open, how fast it
/// answers, who complained. It only keeps times; [Verdicts] draws the conclusion.
///
/// A question is a keep-alive and, if no answer comes, some probes at equal gaps; it ends with any
/// answer, or is silent when the last wait is over (RFC 5352 section 3.5 leaves the values open).
final class Liveness {

  /// What to do when the time of [#dueNs] has come.
  enum Step {
    /// Nothing yet.
    WAIT,
    /// Begin a question: send a keep-alive.
    ASK,
    /// Send a probe.
    PROBE,
    /// The question was not answered.
    SILENT
  }

  /// The timing of questions, the same for all elements of a registrar.
  ///
  /// @param probes after the keep-alive
  /// @param gapMinNs least time between two of them
  /// @param gapMaxNs most time between two of them
  /// @param finalWaitNs least time from the last one to the end
  record Pace(int probes, long gapMinNs, long gapMaxNs, long finalWaitNs) {

    static Pace of(RegistrarSettings settings) {
      return new Pace(
          settings.count(RegistrarSetting.KEEP_ALIVE_PROBES),
          settings.ns(RegistrarSetting.KEEP_ALIVE_GAP_MIN),
          settings.ns(RegistrarSetting.KEEP_ALIVE_GAP_MAX),
          settings.ns(RegistrarSetting.KEEP_ALIVE_FINAL_WAIT));
    }

    long verdictNs(long gapNs) {
      return probes == 0 ? finalWaitNs : probes * gapNs + Math.max(finalWaitNs, gapNs);
    }
  }

  /// Answers after a probe, one after the other, that tell a slow path.
  private static final int AMBIGUOUS_MIN = 3;

  /// Until the first answer tells how far away the element is, probes come that much more slowly.
  private static final int UNMEASURED_GAPS = 5;

  /// The part of a verdict's time that a call has at least.
  private static final int CALL_SHARE = 4;

  private final Pace pace;
  private long leastVerdictNs;
  private long slowUntilNs;
  private long lastHeardNs;
  private long nextAskNs;
  private boolean postponed;

  private boolean asking;
  private long askedAtNs;
  private long stepAtNs;
  private long gapNs;
  private long silentAtNs;
  private int sent;
  private int probesLeft;

  private boolean measured;
  private double smoothedNs;
  private double varianceNs;
  private int ambiguousInARow;

  private final List<String> reporters = new ArrayList<>(0);
  private long windowStartNs;
  private long lastReportNs;

  Liveness(Pace pace, long nowNs, long firstAskNs) {
    this.pace = pace;
    this.lastHeardNs = nowNs;
    this.nextAskNs = firstAskNs;
  }

  /// When [#step] has something to do.
  long dueNs() {
    return asking ? stepAtNs : nextAskNs;
  }

  /// Moves on to the next thing that is due.
  Step step(long nowNs) {
    if (nowNs < dueNs()) {
      return Step.WAIT;
    }
    if (!asking) {
      ask(nowNs);
      return Step.ASK;
    }
    if (nowNs >= silentAtNs) {
      return Step.SILENT;
    }
    sent++;
    probesLeft--;
    scheduleStep(nowNs);
    return Step.PROBE;
  }

  /// Begins a question now, or begins the open one again because the asker itself was late; the
  /// caller sends the keep-alive.
  void ask(long nowNs) {
    asking = true;
    postponed = false;
    askedAtNs = nowNs;
    gapNs = gapNs(nowNs);
    silentAtNs = nowNs + verdictNs(nowNs);
    sent = 1;
    probesLeft = pace.probes();
    scheduleStep(nowNs);
  }

  /// The verdict waits until `untilNs`, and probes go on at another gap meanwhile.
  void holdBack(long nowNs, long untilNs, long probeGapNs) {
    silentAtNs = untilNs;
    gapNs = probeGapNs;
    probesLeft = Integer.MAX_VALUE;
    scheduleStep(nowNs);
  }

  /// When the next regular question begins.
  void nextAsk(long atNs) {
    nextAskNs = atNs;
  }

  /// Whether the next question may wait because the asker was late. It may do so once: an asker that is
  /// late all the time would else never ask.
  boolean mayPostpone() {
    return !postponed;
  }

  /// Lets the next question wait until `atNs`.
  void postpone(long atNs) {
    postponed = true;
    nextAskNs = atNs;
  }

  /// The element gave an answer.
  void answered(long nowNs) {
    if (asking) {
      measure(nowNs - askedAtNs);
    }
    heard(nowNs);
  }

  /// The element showed life in any way.
  void heard(long nowNs) {
    asking = false;
    lastHeardNs = nowNs;
  }

  /// The registrar was not listening for a while, which is no silence of the element.
  void excuse(long latenessNs) {
    lastHeardNs += latenessNs;
  }

  /// Lets every verdict take this long at least, on questions that begin before `untilNs`.
  void slowDown(long verdictNs, long untilNs) {
    leastVerdictNs = verdictNs;
    slowUntilNs = untilNs;
  }

  boolean isAsking() {
    return asking;
  }

  /// Whether at least one message of the open question has missed its answer.
  boolean isMissing() {
    return asking && sent > 1;
  }

  long askedAtNs() {
    return askedAtNs;
  }

  long lastHeardNs() {
    return lastHeardNs;
  }

  /// How long a question that begins now takes until it is silent.
  long verdictNs(long nowNs) {
    return Math.max(pace.verdictNs(gapNs(nowNs)), nowNs < slowUntilNs ? leastVerdictNs : 0);
  }

  /// How long a call after the loss of the association may take: what the open question has left of
  /// its time, but a quarter at least.
  long callNs(long nowNs) {
    long wholeNs = verdictNs(nowNs);
    return asking ? Math.max(wholeNs - (nowNs - askedAtNs), wholeNs / CALL_SHARE) : wholeNs;
  }

  /// Counts a report; each reporter counts once in a window.
  ///
  /// @return how many reporters there are
  int report(String reporter, long nowNs, long windowNs) {
    if (reporters.isEmpty() || nowNs - windowStartNs >= windowNs) {
      reporters.clear();
      windowStartNs = nowNs;
    }
    lastReportNs = nowNs;
    if (!reporters.contains(reporter)) {
      reporters.add(reporter);
    }
    return reporters.size();
  }

  /// Forgets the reports if the element was heard since the last one.
  ///
  /// @return whether there were any
  boolean forgetReports() {
    if (reporters.isEmpty() || !wasHeardSinceReport()) {
      return false;
    }
    reporters.clear();
    return true;
  }

  boolean wasHeardSinceReport() {
    return lastHeardNs > lastReportNs;
  }

  int reports() {
    return reporters.size();
  }

  private void scheduleStep(long nowNs) {
    boolean more = probesLeft > 0 && nowNs + gapNs < silentAtNs;
    stepAtNs = more ? nowNs + gapNs : silentAtNs;
  }

  private long gapNs(long nowNs) {
    long answerNs =
        measured ? (long) (smoothedNs + 4 * varianceNs) : UNMEASURED_GAPS * pace.gapMinNs();
    long gap = Math.clamp(answerNs, pace.gapMinNs(), pace.gapMaxNs());
    return nowNs < slowUntilNs ? Math.max(gap, leastVerdictNs / (pace.probes() + 1)) : gap;
  }

  /// Follows the answer time as RFC 6298 follows a round trip. An answer after a probe may have
  /// been
  /// held up by a lost packet; it counts only if the ones before were such answers, too, which
  /// tells a
  /// slow path from a lossy one.
  private void measure(long takenNs) {
    ambiguousInARow = sent > 1 ? ambiguousInARow + 1 : 0;
    if (ambiguousInARow > 0 && ambiguousInARow < AMBIGUOUS_MIN) {
      return;
    }
    if (!measured) {
      measured = true;
      smoothedNs = takenNs;
      varianceNs = takenNs / 2.0;
      return;
    }
    varianceNs += (Math.abs(smoothedNs - takenNs) - varianceNs) / 4;
    smoothedNs += (takenNs - smoothedNs) / 8;
  }
}
