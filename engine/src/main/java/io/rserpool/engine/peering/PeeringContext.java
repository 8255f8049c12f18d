package io.rserpool.engine.peering;

import io.rserpool.engine.DeadlineQueue;
import io.rserpool.engine.turn.Due;
import io.rserpool.engine.turn.Turn;
import io.rserpool.protocol.ServerId;

/// What all duties of the peer side need: the call that is under way, and what they share.
///
/// @param id this registrar's own
record PeeringContext(
    Turn turn,
    DeadlineQueue<Due> deadlines,
    ServerId id,
    PeeringSettings settings,
    Peers peers,
    SharedHandlespace handlespace) {}
