/// The registrar's engine: serves pool elements and pool users by ASAP (RFC 5352), keeps one
/// handlespace with its peers by ENRP (RFC 5353), and is the one place that decides whether an
/// element is dead.
///
/// Inputs go to one class per duty: [Registrations], [Deregistrations], [Resolutions], [Reports];
/// [ElementMonitor], [LostElements] and [Lifetimes] gather what speaks for or against the life of
/// elements, and [Verdicts] weighs it. Every change goes through [Membership], which tells each
/// [PoolListener]: [Subscriptions] push it to users, and [Updates] tell the peers. What peers tell is
/// kept by [Copies] and [PeerTable]; [Adoption] tells elements of a dead registrar that their home
/// is here now. [Duties] puts all of them together.
@NullMarked
package io.rserpool.engine.registrar;

import org.jspecify.annotations.NullMarked;
