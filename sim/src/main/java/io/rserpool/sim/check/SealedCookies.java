package io.rserpool.sim.check;

import io.rserpool.sim.session.SessionDeed;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// An element accepts only cookies that an element of its own pool has sealed, unchanged, not too long
/// ago, as the first thing on a link, and not after it was shown a newer one of the same session; and it
/// accepts those of users that do not lie.
final class SealedCookies extends Invariant {

  private static final int REMEMBERED = 10_000;

  /// What was shown to one life of an element.
  private record Shown(long life, long session) {}

  private final Map<Long, Boolean> begun = new LinkedHashMap<>();
  private final Map<Shown, Integer> newest = new LinkedHashMap<>();

  SealedCookies(Truth truth) {
    super("sealed-cookies", truth);
  }

  @Override
  void observe(Observation observation) {
    if (!(observation instanceof Observation.InSession(SessionDeed deed))) {
      return;
    }
    if (deed instanceof SessionDeed.Restored restored) {
      origin(restored);
      place(restored);
    } else if (deed instanceof SessionDeed.Applied applied) {
      remember(begun, applied.conversation(), true);
    } else if (deed instanceof SessionDeed.Refused refused) {
      refused(refused);
    }
  }

  private void refused(SessionDeed.Refused refused) {
    boolean isOld =
        truth()
            .sessions()
            .sealed(refused.cookie())
            .map(origin -> refused.wallMs() - origin.wallMs() > bounds().cookieAgeMs())
            .orElse(false);
    check(
        isOld || truth().sessions().isLie(refused.cookie()),
        refused.element(),
        () -> "to accept a cookie that is young enough, and with which nobody lied",
        () -> "it is refused: " + refused.why());
  }

  private void origin(SessionDeed.Restored restored) {
    String element = restored.element();
    Optional<SessionDeed.Sealed> sealed = truth().sessions().sealed(restored.cookie());
    check(
        sealed.isPresent(),
        element,
        () -> "to refuse a cookie that nobody sealed",
        () -> "it is accepted with " + restored.state());
    SessionDeed.Sealed origin = sealed.orElseThrow();
    check(
        origin.handle().equals(restored.handle()) && origin.state().equals(restored.state()),
        element,
        () -> "%s in a cookie of %s".formatted(origin.state(), origin.handle()),
        () -> "%s in one of %s".formatted(restored.state(), restored.handle()));
    long ageMs = restored.wallMs() - origin.wallMs();
    check(
        ageMs <= bounds().cookieAgeMs(),
        element,
        () -> "to refuse a cookie that is older than " + bounds().cookieAgeMs() + " ms",
        () -> "one of " + ageMs + " ms is accepted");
  }

  private void place(SessionDeed.Restored restored) {
    check(
        !begun.containsKey(restored.conversation()),
        restored.element(),
        () -> "to accept a cookie as the first thing on a link only",
        () -> restored.state() + " after something else");
    remember(begun, restored.conversation(), true);
    Shown key = new Shown(restored.life(), restored.state().session());
    int known = newest.getOrDefault(key, 0);
    int count = restored.state().count();
    check(
        count >= known,
        restored.element(),
        () -> "to refuse a cookie that is older than the one with %d requests".formatted(known),
        () -> restored.state() + " is accepted");
    remember(newest, key, count);
  }

  private static <K, V> void remember(Map<K, V> in, K key, V value) {
    in.put(key, value);
    while (in.size() > REMEMBERED) {
      in.remove(in.keySet().iterator().next());
    }
  }
}
