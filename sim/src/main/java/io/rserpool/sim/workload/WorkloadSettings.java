package io.rserpool.sim.workload;

/// What the processes of a scope are asked to do. Rates are for each process and unit of time, which
/// is longer where the profile's timers are.
///
/// @param joinRate of elements that join and leave now and then
/// @param flappers elements that come and go all the time
/// @param flapRate of these
/// @param loadRate of new loads that elements tell
/// @param resolveRate of the questions of users
/// @param reporters users that report what they cannot reach
/// @param liars users that report what they can reach; the last ones
/// @param lieRate of these
public record WorkloadSettings(
    double joinRate,
    int flappers,
    double flapRate,
    double loadRate,
    double resolveRate,
    int reporters,
    int liars,
    double lieRate) {}
