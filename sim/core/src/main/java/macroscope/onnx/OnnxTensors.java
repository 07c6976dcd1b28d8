package macroscope.onnx;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataLocation;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import macroscope.format.FloatFormat;
import macroscope.input.InputException;

/** Reads the tensors of an ONNX file. */
final class OnnxTensors {
  private static final long EXACT_INTEGERS = 1L << 53;

  private final Optional<Path> folder;

  /**
   * @param folder where the files lie that hold data of tensors beside the network; empty if it has none
   */
  OnnxTensors(Optional<Path> folder) {
    this.folder = folder;
  }

  /** An initializer or the value of a constant, exactly. */
  Tensor read(String place, TensorProto proto) {
    String where = proto.getName().isEmpty() ? place : place + ", initializer " + proto.getName();
    int[] shape = shape(where, proto.getDimsList());
    ElementType type =
        ElementType.byNumber(proto.getDataType())
            .orElseThrow(
                () ->
                    new InputException(
                        where,
                        "elements must be "
                            + ElementType.names()
                            + ": type "
                            + proto.getDataType()));
    double[] values = new double[size(where, shape, proto, type)];
    IntToDoubleFunction source = source(where, proto, type, values.length);
    for (int i = 0; i < values.length; i++) {
      values[i] = source.applyAsDouble(i);
    }
    return new Tensor(type, shape, values);
  }

  /** So that a damaged shape cannot ask for memory that the file has no elements for. */
  private static int size(String where, int[] shape, TensorProto proto, ElementType type) {
    try {
      int size = Tensor.size(shape);
      if (proto.hasRawData()) {
        requireLength(where, proto.getRawData().size(), bytes(type, size), "bytes");
      }
      return size;
    } catch (ArithmeticException e) {
      throw new InputException(where, "a tensor must have fewer than 2^31 elements", e);
    }
  }

  private static int[] shape(String where, List<Long> dims) {
    for (long length : dims) {
      if (length < 0 || length > Integer.MAX_VALUE) {
        throw new InputException(where, "lengths of axes must be 0..2^31-1: " + dims);
      }
    }
    return dims.stream().mapToInt(Long::intValue).toArray();
  }

  private static long bytes(ElementType type, int size) {
    return ((long) type.bits() * size + 7) / 8;
  }

  private IntToDoubleFunction source(String where, TensorProto proto, ElementType type, int size) {
    if (proto.getDataLocation() == DataLocation.EXTERNAL) {
      return raw(where, type, external(where, proto, bytes(type, size)));
    }
    if (proto.hasRawData()) {
      ByteString bytes = proto.getRawData();
      return raw(where, type, bytes.asReadOnlyByteBuffer());
    }
    return typed(where, proto, type, size);
  }

  /** Little-endian, as ONNX says; elements of 4 bits lie two in a byte, the first one low. */
  private static IntToDoubleFunction raw(String where, ElementType type, ByteBuffer data) {
    ByteBuffer bytes = data.order(ByteOrder.LITTLE_ENDIAN);
    return switch (type) {
      case FLOAT -> i -> bytes.getFloat(4 * i);
      case DOUBLE -> i -> bytes.getDouble(8 * i);
      case INT64, UINT64 -> i -> exact(where, bytes.getLong(8 * i));
      default -> {
        IntToDoubleFunction decoded = i -> decoded(type, code(type, bytes, i));
        yield decoded;
      }
    };
  }

  private static long code(ElementType type, ByteBuffer bytes, int i) {
    return switch (type.bits()) {
      case 4 -> bytes.get(i / 2) >> 4 * (i % 2) & 0xF;
      case 8 -> bytes.get(i);
      case 16 -> bytes.getShort(2 * i);
      default -> bytes.getInt(4 * i);
    };
  }

  /** A number of its bits, of which those above its width mean nothing. */
  private static double decoded(ElementType type, long bits) {
    long code = bits & (1L << type.bits()) - 1;
    Optional<FloatFormat> format = type.format();
    if (format.isPresent()) {
      return format.get().decodeDouble(code);
    }
    int unused = Long.SIZE - type.bits();
    return type.isSigned() ? code << unused >> unused : code;
  }

  private IntToDoubleFunction typed(String where, TensorProto proto, ElementType type, int size) {
    int perField = type.bits() == 4 ? 2 : 1;
    int length =
        switch (type) {
          case FLOAT -> proto.getFloatDataCount();
          case DOUBLE -> proto.getDoubleDataCount();
          case INT64 -> proto.getInt64DataCount();
          case UINT32, UINT64 -> proto.getUint64DataCount();
          default -> proto.getInt32DataCount();
        };
    requireLength(where, length, (size + perField - 1) / perField, "elements");
    return switch (type) {
      case FLOAT -> proto::getFloatData;
      case DOUBLE -> proto::getDoubleData;
      case INT64 -> i -> exact(where, proto.getInt64Data(i));
      case UINT32, UINT64 -> i -> exact(where, proto.getUint64Data(i));
      default ->
          i -> decoded(type, proto.getInt32Data(i / perField) >> (i % perField * type.bits()));
    };
  }

  private static void requireLength(String where, long actual, long expected, String what) {
    if (actual != expected) {
      throw new InputException(where, what + " must number " + expected + ": " + actual);
    }
  }

  /** The largest integers stand for the end of an axis; others must be exact. */
  private static double exact(String where, long value) {
    boolean end = value == Long.MAX_VALUE || value == Long.MIN_VALUE;
    if (Math.abs(value) > EXACT_INTEGERS && !end) {
      throw new InputException(where, "integers must lie within 2^53: " + value);
    }
    return value;
  }

  /** Data in a file beside the network: ONNX IR, section external tensor data. */
  private ByteBuffer external(String where, TensorProto proto, long length) {
    Map<String, String> entries = new HashMap<>();
    for (StringStringEntryProto entry : proto.getExternalDataList()) {
      entries.put(entry.getKey(), entry.getValue());
    }
    Path beside =
        folder.orElseThrow(
            () -> new InputException(where, "data in a second file need a network from a file"));
    Path name = Path.of(entries.getOrDefault("location", ""));
    boolean inside = !name.isAbsolute() && !name.normalize().startsWith("..");
    if (name.toString().isEmpty() || !inside) {
      throw new InputException(where, "data must lie in a file beside the network: " + name);
    }
    long offset = offset(where, entries.getOrDefault("offset", "0"));
    try (FileChannel file = FileChannel.open(beside.resolve(name))) {
      if (offset < 0 || offset + length > file.size()) {
        throw new InputException(where, name + " ends before the data: " + (offset + length));
      }
      return file.map(MapMode.READ_ONLY, offset, length);
    } catch (IOException e) {
      throw new InputException(where, "data must lie in a file that can be read: " + name, e);
    }
  }

  private static long offset(String where, String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new InputException(where, "the offset of data must be a number: " + text, e);
    }
  }
}
