package io.rserpool.net;

import io.rserpool.engine.Endpoint;
import io.rserpool.net.sctp.SctpStack;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/// The implementations of SCTP in this program. Those of a scheme are tried in the order of the class
/// path; for `sctp://` one in user space stands in where the kernel has none.
final class SctpStacks {

  private final List<SctpStack> stacks;

  SctpStacks(List<SctpStack> stacks) {
    this.stacks = List.copyOf(stacks);
  }

  /// All that are installed, found once.
  static List<SctpStack> installed() {
    return Holder.INSTALLED;
  }

  /// The first usable implementation for a scheme.
  ///
  /// @throws ListenException that says why there is none
  SctpStack of(Endpoint.Scheme scheme) {
    List<String> obstacles = new ArrayList<>();
    for (SctpStack stack : inOrder(scheme)) {
      String obstacle = stack.obstacle().orElse("");
      if (obstacle.isEmpty()) {
        return stack;
      }
      obstacles.add(obstacle);
    }
    String why =
        obstacles.isEmpty()
            ? "no implementation of SCTP is among the modules of this program"
            : String.join("; ", obstacles);
    throw new ListenException(scheme + " cannot be used here: " + why);
  }

  private List<SctpStack> inOrder(Endpoint.Scheme scheme) {
    List<SctpStack> order = new ArrayList<>();
    stacks.stream().filter(stack -> stack.scheme() == scheme).forEach(order::add);
    if (scheme == Endpoint.Scheme.SCTP) {
      stacks.stream()
          .filter(stack -> stack.scheme() == Endpoint.Scheme.SCTP_UDP)
          .forEach(order::add);
    }
    return order;
  }

  private static final class Holder {
    private static final List<SctpStack> INSTALLED =
        ServiceLoader.load(SctpStack.class, SctpStack.class.getClassLoader()).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
  }
}
