package io.rserpool.protocol.asap;

import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import java.util.List;

/// The registrar's answer to a handle resolution, or a pushed change (RFC 5352 section 2.2.6).
///
/// @param handle the pool
/// @param updatesAccepted the A flag: changes will be pushed
/// @param resolution the elements, or why there are none
public record AsapHandleResolutionResponse(
    PoolHandle handle, boolean updatesAccepted, Resolution resolution) implements AsapMessage {

  /// What came of the resolution.
  public sealed interface Resolution {}

  /// The pool exists.
  ///
  /// @param policy the pool's policy; round robin if the message named none
  /// @param elements at least one, in the order in which they should be used
  public record Found(Policy policy, List<PoolElementParameter> elements) implements Resolution {
    public Found {
      elements = List.copyOf(elements);
      if (elements.isEmpty()) {
        throw new IllegalArgumentException("a positive resolution lists one element or more");
      }
    }
  }

  /// The pool is unknown, or the registrar cannot answer.
  ///
  /// @param causes at least one
  public record Refused(List<ErrorCause> causes) implements Resolution {
    public Refused {
      causes = List.copyOf(causes);
      if (causes.isEmpty()) {
        throw new IllegalArgumentException("a negative resolution gives one cause or more");
      }
    }
  }

  @Override
  public AsapType type() {
    return AsapType.HANDLE_RESOLUTION_RESPONSE;
  }
}
