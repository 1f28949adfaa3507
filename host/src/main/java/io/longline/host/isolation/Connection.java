package io.longline.host.isolation;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Messages over a socket. One thread reads; what is sent is written by a thread of its own, since a
 * thread that is interrupted while it uses the socket would close it, and hooks' threads are.
 * Thread-safe.
 */
public final class Connection implements AutoCloseable {

  /** What a message may have; the largest are parts of outputs, of 64 KB. */
  static final int MAX_MESSAGE_BYTES = 64 * 1024 * 1024;

  private static final int QUEUE = 64;

  private final SocketChannel channel;
  private final BlockingQueue<byte[]> outgoing = new ArrayBlockingQueue<>(QUEUE);
  private final Thread writer;
  private volatile boolean isClosed;

  /** A connection over this socket, which it closes. */
  public Connection(SocketChannel channel, String name) {
    this.channel = channel;
    this.writer = new Thread(this::writeAll, name + "-writer");
    writer.setDaemon(true);
    writer.start();
  }

  /**
   * Sends a message; waits while too many are waiting. Goes on through interrupts, which it leaves
   * set.
   *
   * @throws IOException if the connection is closed
   */
  public void send(Message message) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    out.writeInt(0);
    out.writeByte(message.type());
    message.writeTo(out);
    var frame = bytes.toByteArray();
    ByteBuffer.wrap(frame).putInt(frame.length - Integer.BYTES);
    boolean wasInterrupted = false;
    try {
      for (boolean isTaken = false; !isTaken; ) {
        if (isClosed) {
          throw new IOException("The connection is closed.");
        }
        try {
          isTaken = outgoing.offer(frame, 1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
          wasInterrupted = true;
        }
      }
    } finally {
      if (wasInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void writeAll() {
    try {
      while (!isClosed) {
        var frame = ByteBuffer.wrap(outgoing.take());
        while (frame.hasRemaining()) {
          channel.write(frame);
        }
      }
    } catch (InterruptedException | IOException e) {
      close();
    }
  }

  /**
   * Reads messages until the other side ends, or {@link #close}.
   *
   * @throws IOException if what comes is no message
   */
  public void readAll(Consumer<Message> consumer) throws IOException {
    for (var message = read(); message != null; message = read()) {
      consumer.accept(message);
    }
  }

  /**
   * Reads a message.
   *
   * @return null at the end
   * @throws IOException if what comes is no message
   */
  public @Nullable Message read() throws IOException {
    try {
      int length = readFully(Integer.BYTES).getInt();
      if (length < 1 || length > MAX_MESSAGE_BYTES) {
        throw new IOException("A message has " + length + " bytes.");
      }
      var bytes = readFully(length).array();
      var in = new DataInputStream(new ByteArrayInputStream(bytes));
      return Message.read(in.readByte(), in);
    } catch (EOFException e) {
      return null;
    } catch (IOException e) {
      if (isClosed) {
        return null;
      }
      throw e;
    }
  }

  private ByteBuffer readFully(int length) throws IOException {
    var buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new EOFException();
      }
    }
    return buffer.flip();
  }

  @Override
  public void close() {
    isClosed = true;
    writer.interrupt();
    try {
      channel.close();
    } catch (IOException e) {
      // There is nothing that could be lost.
    }
  }
}
