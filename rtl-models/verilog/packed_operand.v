// Numbers that share a port: number i stands i * STEP bits up. Two's complement, so that a negative number
// takes one from what stands above it.
module packed_operand #(
  parameter COUNT     = 2,
  parameter BITS      = 8,
  parameter SIGNED    = 1,
  parameter STEP      = 18,
  parameter PORT_BITS = 27
) (
  input  [COUNT*BITS-1:0] numbers,
  output [PORT_BITS-1:0]  word
);
  // The numbers up to each.
  wire [COUNT*PORT_BITS-1:0] partial;
  genvar i;
  generate
    for (i = 0; i < COUNT; i = i + 1) begin : place
      wire [PORT_BITS-1:0] number;
      resize #(.FROM(BITS), .TO(PORT_BITS), .SIGNED(SIGNED)) widen (
        .number(numbers[i*BITS +: BITS]), .resized(number));
      if (i == 0) begin : lowest
        assign partial[0 +: PORT_BITS] = number;
      end else begin : above
        adder #(.BITS(PORT_BITS)) add (
          .x(number << i * STEP), .y(partial[(i-1)*PORT_BITS +: PORT_BITS]),
          .sum(partial[i*PORT_BITS +: PORT_BITS]));
      end
    end
  endgenerate
  assign word = partial[(COUNT-1)*PORT_BITS +: PORT_BITS];
endmodule
