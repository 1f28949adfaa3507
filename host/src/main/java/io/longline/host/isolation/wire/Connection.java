package io.longline.host.isolation.wire;

import java.io.ByteArrayOutputStream;
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
 * Messages over a socket. One thread reads. A dedicated thread writes, since a thread that is
 * interrupted while it uses the socket closes it, and hooks' threads are interrupted. Thread-safe.
 */
public final class Connection implements AutoCloseable {

  private static final int QUEUE = 64;

  /** The size of the buffers for reading and writing. */
  private static final int BUFFER_BYTES = 64 * 1024;

  private final SocketChannel channel;
  private final BlockingQueue<ByteBuffer> outgoing = new ArrayBlockingQueue<>(QUEUE);

  /** Bytes that were read and not used; confined to the thread that reads. */
  private final ByteBuffer incoming = ByteBuffer.allocateDirect(BUFFER_BYTES).limit(0);

  private final Thread writer;
  private volatile boolean isClosed;

  /** Creates a connection over this socket, which it closes. */
  public Connection(SocketChannel channel, String name) {
    this.channel = channel;
    this.writer = new Thread(this::writeAll, name + "-writer");
    writer.setDaemon(true);
    writer.start();
  }

  /**
   * Sends a message; waits while too many are queued. An interrupt does not end the wait, and stays
   * set.
   *
   * @throws IOException if the connection is closed
   */
  public void send(Message message) throws IOException {
    var frame = frame(message);
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

  /** The encoded bytes of a message. */
  private static final class Frame extends ByteArrayOutputStream {

    Frame(int size) {
      super(size);
    }

    ByteBuffer buffer() {
      return ByteBuffer.wrap(buf, 0, count).putInt(0, count - Integer.BYTES);
    }
  }

  private static ByteBuffer frame(Message message) throws IOException {
    var frame = new Frame(message.sizeAbout());
    var out = new DataOutputStream(frame);
    out.writeInt(0);
    out.writeByte(message.kind().number());
    message.writeTo(out);
    if (frame.size() > Wire.MAX_MESSAGE_BYTES) {
      throw new IOException(
          "A message has %d bytes, and may have %d."
              .formatted(frame.size(), Wire.MAX_MESSAGE_BYTES));
    }
    return frame.buffer();
  }

  private void writeAll() {
    var buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    try {
      while (!isClosed) {
        // Messages that arrived meanwhile are written together.
        for (var frame = outgoing.take(); frame != null; frame = outgoing.poll()) {
          put(frame, buffer);
        }
        flush(buffer);
      }
    } catch (InterruptedException | IOException e) {
      close();
    }
  }

  private void put(ByteBuffer frame, ByteBuffer buffer) throws IOException {
    while (frame.hasRemaining()) {
      int count = Math.min(frame.remaining(), buffer.remaining());
      buffer.put(frame.slice(frame.position(), count));
      frame.position(frame.position() + count);
      if (!buffer.hasRemaining()) {
        flush(buffer);
      }
    }
  }

  private void flush(ByteBuffer buffer) throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    buffer.clear();
  }

  /**
   * Reads messages until the other side ends the connection, or {@link #close} is called.
   *
   * @throws IOException if the other side sends something that is not a message
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
   * @throws IOException if the other side sends something that is not a message
   */
  public @Nullable Message read() throws IOException {
    try {
      int length = ByteBuffer.wrap(readFully(Integer.BYTES)).getInt();
      if (length < 1 || length > Wire.MAX_MESSAGE_BYTES) {
        throw new IOException("A message has " + length + " bytes.");
      }
      return Message.read(readFully(length));
    } catch (EOFException e) {
      // Also within a message: the other side was killed while it wrote.
      return null;
    } catch (IOException e) {
      if (isClosed) {
        return null;
      }
      throw e;
    }
  }

  private byte[] readFully(int length) throws IOException {
    var bytes = new byte[length];
    for (int at = 0; at < length; ) {
      if (!incoming.hasRemaining()) {
        incoming.clear();
        int count = channel.read(incoming);
        incoming.flip();
        if (count < 0) {
          throw new EOFException();
        }
      }
      int count = Math.min(length - at, incoming.remaining());
      incoming.get(bytes, at, count);
      at += count;
    }
    return bytes;
  }

  @Override
  public void close() {
    isClosed = true;
    writer.interrupt();
    try {
      channel.close();
    } catch (IOException e) {
      // Nothing can be lost.
    }
  }
}
