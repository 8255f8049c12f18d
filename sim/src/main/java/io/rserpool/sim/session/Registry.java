package io.rserpool.sim.session;

import io.rserpool.engine.user.UserRequest;
import io.rserpool.engine.user.UserResult;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/// The pool user's engine of a process, as its sessions see it.
public interface Registry {

  /// Asks the engine something.
  ///
  /// @param request makes the request from its number
  /// @param answer takes what comes of it, in this life of the process
  void ask(LongFunction<UserRequest> request, Consumer<UserResult> answer);
}
