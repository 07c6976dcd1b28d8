// Exact product of two integers, each two's complement or unsigned; it needs A_BITS + B_BITS bits.
module integer_multiplier #(
  parameter A_BITS   = 8,
  parameter A_SIGNED = 1,
  parameter B_BITS   = 8,
  parameter B_SIGNED = 1
) (
  input  [A_BITS-1:0]        a,
  input  [B_BITS-1:0]        b,
  output [A_BITS+B_BITS-1:0] product
);
  generate
    if (A_SIGNED != 0 && B_SIGNED != 0) begin : both_signed
      wire signed [A_BITS-1:0] x = a;
      wire signed [B_BITS-1:0] y = b;
      assign product = x * y;
    end else if (A_SIGNED != 0) begin : a_signed
      wire signed [A_BITS-1:0] x = a;
      wire signed [B_BITS:0]   y = {1'b0, b};
      assign product = x * y;
    end else if (B_SIGNED != 0) begin : b_signed
      wire signed [A_BITS:0]   x = {1'b0, a};
      wire signed [B_BITS-1:0] y = b;
      assign product = x * y;
    end else begin : unsigned_both
      assign product = a * b;
    end
  endgenerate
endmodule
