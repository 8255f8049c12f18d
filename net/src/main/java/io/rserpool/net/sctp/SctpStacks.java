package io.rserpool.net.sctp;

import io.rserpool.engine.Endpoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The implementations of SCTP in this program. Those of a scheme are tried in the order of the class
/// path; for `sctp://` one in user space stands in where the kernel has none.
public final class SctpStacks {

  private static final Logger LOG = LoggerFactory.getLogger(SctpStacks.class);
  private static final AtomicBoolean HAS_TOLD_OF_FALLBACK = new AtomicBoolean();

  private final List<SctpStack> stacks;

  /// @param stacks in the order in which they are tried
  public SctpStacks(List<SctpStack> stacks) {
    this.stacks = List.copyOf(stacks);
  }

  /// All that are installed, found once.
  public static List<SctpStack> installed() {
    return Holder.INSTALLED;
  }

  /// The first usable implementation for a scheme.
  ///
  /// @throws IOException that says to people why there is none
  public SctpStack of(Endpoint.Scheme scheme) throws IOException {
    List<String> obstacles = new ArrayList<>();
    for (SctpStack stack : inOrder(scheme)) {
      String obstacle = stack.obstacle().orElse("");
      if (obstacle.isEmpty()) {
        if (stack.scheme() != scheme) {
          tellOfFallback(obstacles);
        }
        return stack;
      }
      obstacles.add(obstacle);
    }
    String why =
        obstacles.isEmpty()
            ? "no implementation of SCTP is among the modules of this program"
            : String.join("; ", obstacles);
    throw new IOException(scheme + " cannot be used here: " + why);
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

  private static void tellOfFallback(List<String> obstacles) {
    if (!HAS_TOLD_OF_FALLBACK.getAndSet(true)) {
      LOG.info(
          "sctp:// is spoken in user space, within UDP: {}",
          obstacles.isEmpty()
              ? "the kernel's SCTP is not used here"
              : String.join("; ", obstacles));
    }
  }

  private static final class Holder {
    private static final List<SctpStack> INSTALLED =
        ServiceLoader.load(SctpStack.class, SctpStack.class.getClassLoader()).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
  }
}
