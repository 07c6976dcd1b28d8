package macroscope.workload;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataLocation;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import macroscope.input.InputException;

/** Reads the tensors and attributes of an ONNX file. */
final class OnnxTensors {
  private static final long EXACT_INTEGERS = 1L << 53;

  private OnnxTensors() {}

  /** An initializer or the value of a constant; FLOAT, DOUBLE, INT32 and INT64 exactly. */
  static Tensor read(String place, TensorProto proto) {
    String where = proto.getName().isEmpty() ? place : place + ", initializer " + proto.getName();
    int[] shape = shape(where, proto.getDimsList());
    if (proto.getDataLocation() == DataLocation.EXTERNAL || proto.getExternalDataCount() > 0) {
      throw new InputException(where, "data in a second file are not supported");
    }
    double[] values = new double[size(where, shape)];
    IntToDoubleFunction source =
        proto.hasRawData() ? raw(where, proto, values.length) : typed(where, proto, values.length);
    for (int i = 0; i < values.length; i++) {
      values[i] = source.applyAsDouble(i);
    }
    return new Tensor(shape, values);
  }

  private static int size(String where, int[] shape) {
    try {
      return Tensor.size(shape);
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

  private static IntToDoubleFunction raw(String where, TensorProto proto, int size) {
    ByteBuffer bytes =
        proto.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN); // as ONNX says
    int type = proto.getDataType();
    int width = type == DataType.FLOAT_VALUE || type == DataType.INT32_VALUE ? 4 : 8;
    requireLength(where, bytes.remaining(), (long) width * size, "bytes");
    return switch (type) {
      case DataType.FLOAT_VALUE -> i -> bytes.getFloat(4 * i);
      case DataType.DOUBLE_VALUE -> i -> bytes.getDouble(8 * i);
      case DataType.INT32_VALUE -> i -> bytes.getInt(4 * i);
      case DataType.INT64_VALUE -> i -> exact(where, bytes.getLong(8 * i));
      default -> throw unsupported(where, type);
    };
  }

  private static IntToDoubleFunction typed(String where, TensorProto proto, int size) {
    int type = proto.getDataType();
    int length =
        switch (type) {
          case DataType.FLOAT_VALUE -> proto.getFloatDataCount();
          case DataType.DOUBLE_VALUE -> proto.getDoubleDataCount();
          case DataType.INT32_VALUE -> proto.getInt32DataCount();
          case DataType.INT64_VALUE -> proto.getInt64DataCount();
          default -> throw unsupported(where, type);
        };
    requireLength(where, length, size, "elements");
    return switch (type) {
      case DataType.FLOAT_VALUE -> proto::getFloatData;
      case DataType.DOUBLE_VALUE -> proto::getDoubleData;
      case DataType.INT32_VALUE -> proto::getInt32Data;
      default -> i -> exact(where, proto.getInt64Data(i));
    };
  }

  private static void requireLength(String where, long actual, long expected, String what) {
    if (actual != expected) {
      throw new InputException(where, what + " must number " + expected + ": " + actual);
    }
  }

  private static InputException unsupported(String where, int type) {
    DataType known = DataType.forNumber(type);
    String name = known == null ? Integer.toString(type) : known.name();
    return new InputException(where, "elements must be FLOAT, DOUBLE, INT32 or INT64: " + name);
  }

  private static double exact(String where, long value) {
    if (Math.abs(value) > EXACT_INTEGERS) {
      throw new InputException(where, "integers must lie within 2^53: " + value);
    }
    return value;
  }

  /** What a Constant node gives. */
  static Tensor constant(String place, NodeProto node) {
    for (AttributeProto attribute : node.getAttributeList()) {
      if (attribute.getName().equals("value")) {
        return read(place, attribute.getT());
      }
    }
    throw new InputException(place, "a constant must have the attribute value");
  }

  static Attributes attributes(String place, NodeProto node) {
    Map<String, List<Integer>> integers = new HashMap<>();
    Map<String, Double> reals = new HashMap<>();
    Map<String, String> texts = new HashMap<>();
    for (AttributeProto a : node.getAttributeList()) {
      switch (a.getType()) {
        case INT -> integers.put(a.getName(), List.of(integer(place, a.getName(), a.getI())));
        case INTS ->
            integers.put(
                a.getName(),
                a.getIntsList().stream().map(v -> integer(place, a.getName(), v)).toList());
        case FLOAT -> reals.put(a.getName(), (double) a.getF());
        case STRING -> texts.put(a.getName(), a.getS().toStringUtf8());
        default ->
            throw new InputException(
                place, "attribute " + a.getName() + " has the unsupported type " + a.getType());
      }
    }
    return new Attributes(integers, reals, texts);
  }

  private static int integer(String place, String name, long value) {
    if ((int) value != value) {
      throw new InputException(place, "attribute " + name + " must fit 32 bits: " + value);
    }
    return (int) value;
  }
}
