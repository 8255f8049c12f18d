/// The registrar's engine: serves pool elements and pool users by ASAP (RFC 5352), answers whoever
/// asks
/// for its handle table by ENRP (RFC 5353), and keeps the one place that decides whether an element
/// is
/// dead.
///
/// Inputs go to one class per duty: [Registrations], [Deregistrations], [Resolutions], [Reports],
/// [PeerInquiries]; [ElementMonitor], [LostElements] and [Lifetimes] gather what speaks for or
/// against
/// the life of elements, and [Verdicts] weighs it. Every change goes through [Membership], which
/// tells
/// each [PoolListener]: [Subscriptions] push it to users.
@NullMarked
package io.rserpool.engine.registrar;

import org.jspecify.annotations.NullMarked;
