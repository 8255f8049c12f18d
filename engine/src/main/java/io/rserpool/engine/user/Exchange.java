package io.rserpool.engine.user;

import io.rserpool.engine.DeadlineQueue.Deadline;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.asap.AsapMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// One question to the registrars, until one of them has answered it or its time is over.
final class Exchange {

  final Subject subject;
  final Deadline<Consumer<Turn>> t1;
  final Deadline<Consumer<Turn>> retry;
  final Deadline<Consumer<Turn>> end;
  final long beganNs;

  /// Whom the answer serves.
  final List<UserRequest> callers = new ArrayList<>();

  /// Who asks for something else of the same subject, and waits until this exchange is over.
  final List<UserRequest> held = new ArrayList<>();

  AsapMessage message;
  boolean isSent;
  int refusals;
  List<ErrorCause> causes = List.of();

  Exchange(
      Subject subject,
      AsapMessage message,
      Deadline<Consumer<Turn>> t1,
      Deadline<Consumer<Turn>> retry,
      Deadline<Consumer<Turn>> end,
      long beganNs) {
    this.subject = subject;
    this.message = message;
    this.t1 = t1;
    this.retry = retry;
    this.end = end;
    this.beganNs = beganNs;
  }
}
