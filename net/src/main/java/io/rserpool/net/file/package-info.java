/// Files that a running program looks at again and again, since somebody may change them: certificates,
/// keys, policies. Knows nothing of what they hold.
@NullMarked
package io.rserpool.net.file;

import org.jspecify.annotations.NullMarked;
