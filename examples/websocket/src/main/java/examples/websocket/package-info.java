/**
 * A WebSocket that sends back what it gets, and a page to try it. Read {@link
 * examples.websocket.Echo} first, then {@link examples.websocket.Messages}.
 */
@NullMarked
package examples.websocket;

import org.jspecify.annotations.NullMarked;
