package io.rserpool.engine.registrar;

import io.rserpool.engine.handlespace.ElementEntry;
import io.rserpool.engine.handlespace.Handlespace;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.CauseCode;
import io.rserpool.protocol.ErrorCause;
import io.rserpool.protocol.Policy;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.PoolHandle;
import io.rserpool.protocol.asap.AsapHandleResolution;
import io.rserpool.protocol.asap.AsapHandleResolutionResponse;
import java.util.ArrayList;
import java.util.List;

/// Writes handle resolution responses: made from the handlespace at the moment of asking, cut where
/// the message is full, and always naming the pool's policy (RFC 5352 section 2.2.6).
final class Answers {

  private final Handlespace<Registration> handlespace;
  private final int items;
  private final int itemsMax;

  Answers(Handlespace<Registration> handlespace, RegistrarSettings settings) {
    this.handlespace = handlespace;
    this.items = settings.count(RegistrarSetting.RESOLUTION_ITEMS);
    this.itemsMax = settings.count(RegistrarSetting.RESOLUTION_ITEMS_MAX);
  }

  /// The answer to a request for a pool that exists; counts as a selection.
  AsapHandleResolutionResponse select(AsapHandleResolution request, boolean updatesAccepted) {
    PoolHandle handle = request.handle();
    int wanted = request.items() == 0 ? items : (int) Math.min(request.items(), itemsMax);
    List<ElementEntry<Registration>> selected =
        handlespace.select(handle, Math.min(wanted, atMost()));
    // Empty if all elements are held for peers only, with policies that nobody here can serve.
    return selected.isEmpty()
        ? refused(handle, CauseCode.LACK_OF_RESOURCES)
        : found(handle, updatesAccepted, selected);
  }

  /// What a subscribed user is told; counts as nothing.
  AsapHandleResolutionResponse push(PoolHandle handle) {
    List<ElementEntry<Registration>> entries =
        handlespace.preview(handle, Math.min(items, atMost()));
    return entries.isEmpty()
        ? refused(handle, CauseCode.UNKNOWN_POOL_HANDLE)
        : found(handle, true, entries);
  }

  AsapHandleResolutionResponse refused(PoolHandle handle, CauseCode code) {
    return new AsapHandleResolutionResponse(
        handle, false, new AsapHandleResolutionResponse.Refused(List.of(ErrorCause.of(code))));
  }

  /// Where registrars call it, and who registered it, is nothing to users.
  private static PoolElementParameter asUsersSeeIt(PoolElementParameter element) {
    return new PoolElementParameter(
        element.elementId(),
        element.homeId(),
        element.registrationLife(),
        element.userTransport(),
        element.policy(),
        AsapTransport.Absent.INSTANCE);
  }

  private static int atMost() {
    return ResponseSize.MESSAGE_MAX / ResponseSize.ELEMENT_MIN;
  }

  private static AsapHandleResolutionResponse found(
      PoolHandle handle, boolean updatesAccepted, List<ElementEntry<Registration>> entries) {
    Policy policy = entries.getFirst().policy();
    int room = ResponseSize.roomForElements(handle, policy);
    List<PoolElementParameter> elements = new ArrayList<>(entries.size());
    for (ElementEntry<Registration> entry : entries) {
      PoolElementParameter element = asUsersSeeIt(entry.element());
      room -= ResponseSize.of(element);
      if (room < 0) {
        break;
      }
      elements.add(element);
    }
    return new AsapHandleResolutionResponse(
        handle, updatesAccepted, new AsapHandleResolutionResponse.Found(policy, elements));
  }
}
