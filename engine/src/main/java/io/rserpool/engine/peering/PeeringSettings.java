package io.rserpool.engine.peering;

/// Timers, thresholds and habits of ENRP (RFC 5353 section 4.2); times in nanoseconds.
///
/// @param heartbeatNs PEER-HEARTBEAT-CYCLE: longest time between two presences to all peers
/// @param heartbeatJitter by which share of it single cycles are shorter at most
/// @param lastHeardNs MAX-TIME-LAST-HEARD: silence after which a peer is asked
/// @param noResponseNs MAX-TIME-NO-RESPONSE: how long it may be silent then
/// @param probeGapNs time between two such questions
/// @param expiryNs how long acknowledgements of a takeover are awaited at least
/// @param expiryRoundTrips and how many times the slowest round trip to a peer
/// @param higherIdWins whether the higher server identifier wins the arbitration
/// @param takesOverAlways whether peers without elements are taken over formally, too
/// @param confirmsDifferences whether a differing checksum is looked at twice
/// @param namesReceivers whether announcements name each receiver
/// @param asksAtOnce whether list and table are requested at the same time
/// @param answersWhileStarting whether requests are answered during the start
/// @param tableRequestNs how long a table response is awaited
/// @param retryNs time before a rejected request is repeated
/// @param startNs longest start
/// @param mentorSearchNs how long a mentor is sought by multicast, where that is used
/// @param callGapMaxNs longest time between two calls of a configured peer that is not there
/// @param peersMax most peers
/// @param uploadsMax most table transfers to others at once
/// @param uploadNs how long a half-sent table waits for the next request
public record PeeringSettings(
    long heartbeatNs,
    double heartbeatJitter,
    long lastHeardNs,
    long noResponseNs,
    long probeGapNs,
    long expiryNs,
    int expiryRoundTrips,
    boolean higherIdWins,
    boolean takesOverAlways,
    boolean confirmsDifferences,
    boolean namesReceivers,
    boolean asksAtOnce,
    boolean answersWhileStarting,
    long tableRequestNs,
    long retryNs,
    long startNs,
    long mentorSearchNs,
    long callGapMaxNs,
    int peersMax,
    int uploadsMax,
    long uploadNs) {}
