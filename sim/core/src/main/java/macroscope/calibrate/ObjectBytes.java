package macroscope.calibrate;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import com.esotericsoftware.kryo.kryo5.objenesis.strategy.StdInstantiatorStrategy;
import com.esotericsoftware.kryo.kryo5.util.DefaultInstantiatorStrategy;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Values as bytes and back, field by field. Only for the very build of the program that wrote them: a
 * class that has changed reads something else or nothing.
 */
public final class ObjectBytes {
  private static final int BUFFER = 1 << 16;

  private ObjectBytes() {}

  private static Kryo kryo() {
    Kryo kryo = new Kryo();
    kryo.setRegistrationRequired(false);
    kryo.setReferences(true);
    kryo.setInstantiatorStrategy(new DefaultInstantiatorStrategy(new StdInstantiatorStrategy()));
    return kryo;
  }

  /** A value's bytes. */
  public static byte[] of(Object value) {
    Output output = new Output(BUFFER, -1);
    kryo().writeClassAndObject(output, value);
    return output.toBytes();
  }

  /** Writes a value. */
  static void write(Object value, OutputStream to) {
    Output output = new Output(to, BUFFER);
    kryo().writeClassAndObject(output, value);
    output.flush();
  }

  /**
   * The next value.
   *
   * @throws RuntimeException if the bytes are no value
   */
  public static Object read(InputStream from) {
    return kryo().readClassAndObject(new Input(from, BUFFER));
  }
}
