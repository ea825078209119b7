package io.waybill.camel;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;

/** {@code listen:port}: takes the port while its route runs, as components of protocols do. */
final class ListeningComponent extends DefaultComponent {
    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        return new Listening(uri, this, Integer.parseInt(remaining));
    }

    private static final class Listening extends DefaultEndpoint {
        private final int port;

        Listening(String uri, ListeningComponent component, int port) {
            super(uri, component);
            this.port = port;
        }

        @Override
        public Producer createProducer() {
            throw new UnsupportedOperationException("it listens only");
        }

        @Override
        public Consumer createConsumer(Processor processor) {
            return new Listener(this, processor);
        }
    }

    private static final class Listener extends DefaultConsumer {
        private final int port;
        private ServerSocket socket;

        Listener(Listening endpoint, Processor processor) {
            super(endpoint, processor);
            this.port = endpoint.port;
        }

        @Override
        protected void doStart() throws Exception {
            super.doStart();
            socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
        }

        @Override
        protected void doStop() throws Exception {
            if (socket != null) {
                socket.close();
            }
            super.doStop();
        }
    }
}
