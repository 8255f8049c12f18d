/// Status reports for a monitor, by UDP: the Component Status Protocol of rsplib. What a component
/// says of itself flows in once in each interval, one datagram flows out; nothing ever comes back, and
/// whether there is a monitor at all makes no difference. Knows no engine and no node.
@NullMarked
package io.rserpool.net.status;

import org.jspecify.annotations.NullMarked;
