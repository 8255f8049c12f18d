package io.rserpool.services.pingpong;

/// What became of a conversation.
///
/// @param pings how many different Pings were sent
/// @param answers how many of them were answered
/// @param gaps how often the numbers of the answers made a step that was not 1
/// @param moves how often the session moved to another element
public record PingPongSummary(long pings, long answers, long gaps, long moves) {}
