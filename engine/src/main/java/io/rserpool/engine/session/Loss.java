package io.rserpool.engine.session;

/// That a session lost its element.
///
/// @param reason for people
/// @param noticedNs when it was noticed, in the engine's time
public record Loss(LossSource source, String reason, long noticedNs) {}
