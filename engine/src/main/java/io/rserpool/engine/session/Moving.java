package io.rserpool.engine.session;

import io.rserpool.engine.Engine;
import io.rserpool.protocol.ElementId;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The search for an element: the first one, or another one after a failure (the procedure of RFC
/// 5352 section 6.5.1 with failover).
///
/// Those that the failed element recommended come first, as far as the pool lists them (RFC 5352
/// section 3.9); then whom the pool's policy chooses; then anybody who was not tried. After all were
/// tried in vain there is a pause, and everything begins again, but not in the first search.
final class Moving {

  /// What the open question is about.
  private enum Subject {
    CARD,
    CHOICE,
    LIST
  }

  private record Attempt(LinkId link, PoolElementParameter element) {}

  private final PoolHandle handle;
  private final SessionSettings settings;
  private final RandomGenerator random;
  private final PoolSight sight;
  private final Questions questions;
  private final HashSet<ElementId> tried = new HashSet<>();
  private final ArrayList<PoolElementParameter> recommended = new ArrayList<>();
  private List<ElementId> wishes = List.of();
  private boolean isFirst;
  private int attempts;
  private long lastLink;
  private long chosenAt;
  private long question = Questions.NONE;
  private Subject subject = Subject.CHOICE;
  private @Nullable Attempt attempt;
  private long deadlineNs = Engine.NEVER;
  private long pauseNs = Engine.NEVER;
  private LossSource lastSource = LossSource.REFUSED;
  private String lastReason = "nothing was tried";
  private @Nullable Loss outcome;

  Moving(
      PoolHandle handle,
      SessionSettings settings,
      RandomGenerator random,
      PoolSight sight,
      Questions questions) {
    this.handle = handle;
    this.settings = settings;
    this.random = random;
    this.sight = sight;
    this.questions = questions;
  }

  /// Looks for the first element.
  ///
  /// @param recommendations whom to try first
  void begin(Turn turn, List<ElementId> recommendations) {
    isFirst = true;
    tried.clear();
    start(turn);
    wishes = recommendations;
    seek(turn);
  }

  /// Looks for another element.
  ///
  /// @param left the link that was left
  /// @param recommendations whom to try first
  void begin(Turn turn, Link left, Loss why, List<ElementId> recommendations) {
    isFirst = false;
    boolean isFailBack = why.source() == LossSource.FAIL_BACK;
    // Elements that let users in and fail at once would else be tried in a circle, without a pause.
    if (isFailBack || turn.nowNs() - left.upNs >= settings.retryDelay().toNanos()) {
      tried.clear();
    }
    start(turn);
    lastSource = why.source();
    lastReason = why.reason();
    if (!isFailBack) {
      tried.add(left.element.elementId());
      wishes = recommendations;
    }
    boolean isToldToMany =
        why.source() == LossSource.REMOVED && settings.mode() == SessionMode.AUTOMATIC;
    long waitNs = isToldToMany ? random.nextLong(settings.moveSpread().toNanos() + 1) : 0;
    if (waitNs == 0) {
      seek(turn);
    } else {
      pauseNs = turn.nowNs() + waitNs;
    }
  }

  private void start(Turn turn) {
    recommended.clear();
    wishes = List.of();
    attempts = 0;
    attempt = null;
    outcome = null;
    question = Questions.NONE;
    pauseNs = Engine.NEVER;
    deadlineNs = turn.nowNs() + settings.failoverTimeout().toNanos();
  }

  /// Tries the next element, or asks for one.
  private void seek(Turn turn) {
    pauseNs = Engine.NEVER;
    if (attempts >= settings.attempts() || turn.nowNs() >= deadlineNs) {
      exhausted(turn);
    } else if (!recommended.isEmpty()) {
      call(turn, recommended.removeFirst());
    } else if (!wishes.isEmpty()) {
      list(turn, Subject.CARD);
    } else {
      choose(turn);
    }
  }

  private void choose(Turn turn) {
    ask(Subject.CHOICE);
    ElementId preferred = settings.preferred();
    turn.effect(
        new SessionEffect.Choose(
            question, handle, tried.contains(preferred) ? ElementId.NONE : preferred));
  }

  private void list(Turn turn, Subject what) {
    ask(what);
    turn.effect(new SessionEffect.Enumerate(question, handle, PoolCheck.ITEMS, false));
  }

  private void ask(Subject what) {
    subject = what;
    question = questions.next();
    chosenAt = sight.version();
  }

  private void call(Turn turn, PoolElementParameter element) {
    tried.add(element.elementId());
    attempts++;
    attempt = new Attempt(new LinkId(++lastLink), element);
    long limitNs = Math.min(settings.connectTimeout().toNanos(), deadlineNs - turn.nowNs());
    turn.effect(new SessionEffect.Call(attempt.link, element, limitNs));
  }

  private boolean isAnswer(long answered) {
    boolean isMine = question != Questions.NONE && answered == question;
    if (isMine) {
      question = Questions.NONE;
    }
    return isMine;
  }

  void chosen(Turn turn, long answered, PoolElementParameter element) {
    if (subject != Subject.CHOICE || !isAnswer(answered)) {
      return;
    }
    if (turn.nowNs() >= deadlineNs) {
      exhausted(turn);
    } else if (tried.contains(element.elementId())) {
      list(turn, Subject.LIST);
    } else {
      call(turn, element);
    }
  }

  void listed(Turn turn, long answered, List<PoolElementParameter> elements) {
    if (subject == Subject.CHOICE || !isAnswer(answered)) {
      return;
    }
    if (subject == Subject.CARD) {
      recommend(elements);
      seek(turn);
      return;
    }
    for (PoolElementParameter element : elements) {
      if (!tried.contains(element.elementId())) {
        recommended.add(element);
        seek(turn);
        return;
      }
    }
    if (isFirst) {
      exhausted(turn);
    } else {
      tried.clear();
      pause(turn);
    }
  }

  private void recommend(List<PoolElementParameter> elements) {
    for (ElementId wish : wishes) {
      for (PoolElementParameter element : elements) {
        if (element.elementId().equals(wish) && !tried.contains(wish)) {
          recommended.add(element);
          break;
        }
      }
    }
    wishes = List.of();
  }

  void noChoice(Turn turn, long answered, boolean isFinal, String reason) {
    if (!isAnswer(answered)) {
      return;
    }
    if (subject == Subject.CARD) {
      wishes = List.of();
      seek(turn);
      return;
    }
    lastReason = reason;
    if (isFirst && isFinal) {
      outcome = new Loss(lastSource, reason, turn.nowNs());
    } else {
      pause(turn);
    }
  }

  private void pause(Turn turn) {
    pauseNs = turn.nowNs() + settings.retryDelay().toNanos();
  }

  /// The element whose call was answered; null if it was not called, or is not wanted any more.
  @Nullable PoolElementParameter answered(LinkId link) {
    Attempt open = attempt;
    if (open == null || !open.link.equals(link)) {
      return null;
    }
    attempt = null;
    return open.element;
  }

  /// The element that was tried last has failed: on to the next one.
  void failed(Turn turn, ElementId element, LossSource source, String reason) {
    lastSource = source;
    lastReason = "element=" + element + " " + source + ": " + reason;
    seek(turn);
  }

  void tick(Turn turn) {
    if (deadlineNs <= turn.nowNs()) {
      exhausted(turn);
    } else if (pauseNs <= turn.nowNs()) {
      seek(turn);
    }
  }

  private void exhausted(Turn turn) {
    outcome =
        new Loss(
            lastSource,
            "pool=%s: no element could be reached within %s and %d attempts; the last: %s"
                .formatted(handle, settings.failoverTimeout(), settings.attempts(), lastReason),
            turn.nowNs());
  }

  /// Why nobody was found; null while that is open.
  @Nullable Loss outcome() {
    return outcome;
  }

  /// Ends the search.
  void end(Turn turn, String reason) {
    if (attempt != null) {
      turn.effect(new SessionEffect.Abort(attempt.link, reason));
    }
    attempt = null;
    outcome = null;
    question = Questions.NONE;
    pauseNs = Engine.NEVER;
    deadlineNs = Engine.NEVER;
  }

  boolean isFirst() {
    return isFirst;
  }

  /// How many elements were tried.
  int attempts() {
    return attempts;
  }

  /// [PoolSight#version] just before the element was chosen that was tried last.
  long chosenAt() {
    return chosenAt;
  }

  long deadlineNs() {
    return Math.min(deadlineNs, pauseNs);
  }
}
