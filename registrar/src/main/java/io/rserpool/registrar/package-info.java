/// The registrar as a daemon: its configuration, wiring and life cycle. A configuration flows in, a
/// running registrar and what an operator may see of it flow out. The rules of ASAP and ENRP are
/// not
/// here, they are in the engine.
@NullMarked
package io.rserpool.registrar;

import org.jspecify.annotations.NullMarked;
