package io.faultline.respond.notify.email;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A mail server that talks to everybody and takes mail for nobody: what GreenMail can not be told to be. */
final class SmtpRefuser implements AutoCloseable {

    private final ServerSocket server;
    private final String reply;

    /** @param reply what it says to each recipient */
    SmtpRefuser(String reply) throws IOException {
        this.reply = reply;
        server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        Thread thread = new Thread(this::serve, "smtp-refuser");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void serve() {
        try (Socket client = server.accept();
                BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), US_ASCII))) {
            say(client, "220 refuser");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                say(client, line.startsWith("RCPT") ? reply : line.startsWith("QUIT") ? "221 bye" : "250 ok");
            }
        } catch (IOException e) {
            // the test is over
        }
    }

    private static void say(Socket client, String line) throws IOException {
        client.getOutputStream().write((line + "\r\n").getBytes(US_ASCII));
        client.getOutputStream().flush();
    }
}
