/// Bugs that are planted in the production classes as they are loaded, and the proof that the
/// simulation finds each of them. Production code has no switches for this: a class loader defines
/// all classes of this project afresh and changes the byte code of a few methods on the way. A
/// planted bug that does not find its place any more fails its test instead of doing nothing.
@NullMarked
package io.rserpool.sim.mutation;

import org.jspecify.annotations.NullMarked;
