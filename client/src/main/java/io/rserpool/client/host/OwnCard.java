package io.rserpool.client.host;

import io.rserpool.client.PoolElement;
import io.rserpool.protocol.AsapTransport;
import io.rserpool.protocol.PoolElementParameter;
import io.rserpool.protocol.asap.AsapBusinessCard;
import java.util.ArrayList;
import java.util.List;

/// What an element tells its users of itself.
final class OwnCard {

  private OwnCard() {}

  /// The element's business card (RFC 5352 section 3.9): itself, then whoever is to follow it.
  static AsapBusinessCard of(
      PoolElement element, AsapTransport users, List<PoolElementParameter> successors) {
    List<PoolElementParameter> order = new ArrayList<>();
    order.add(
        new PoolElementParameter(
            element.elementId(),
            element.homeId(),
            PoolElementParameter.LIFE_INFINITE,
            users,
            element.policy(),
            AsapTransport.Absent.INSTANCE));
    order.addAll(successors);
    return new AsapBusinessCard(element.handle(), order);
  }
}
