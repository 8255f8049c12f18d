package io.rserpool.grpc;

import io.grpc.CallOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One attempt of a call that can be repeated, as it travels through the channel in its call options:
/// the picker says here which element it has chosen, and hears which ones were tried before.
final class Attempt {

  static final CallOptions.Key<Attempt> KEY = CallOptions.Key.create("io.rserpool.grpc.attempt");

  private final List<Candidate> triedBefore;
  private final Runnable elementGone;
  private @Nullable Candidate element;
  private boolean isOver;

  /// @param elementGone called, on any thread, when the registrar has removed the element
  Attempt(List<Candidate> triedBefore, Runnable elementGone) {
    this.triedBefore = List.copyOf(triedBefore);
    this.elementGone = elementGone;
  }

  /// The elements of this call's other attempts.
  List<Candidate> triedBefore() {
    return triedBefore;
  }

  /// The picker has chosen; gRPC may ask it several times for one attempt.
  synchronized void sentTo(Candidate chosen) {
    if (isOver || chosen == element) {
      return;
    }
    leave();
    element = chosen;
    chosen.enter(this);
  }

  /// Where it is; nowhere while no element is connected.
  synchronized List<Candidate> element() {
    return element == null ? List.of() : List.of(element);
  }

  synchronized void end() {
    isOver = true;
    leave();
  }

  private void leave() {
    if (element != null) {
      element.leave(this);
    }
  }

  void gone() {
    elementGone.run();
  }
}
