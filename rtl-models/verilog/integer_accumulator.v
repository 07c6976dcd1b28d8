// Adds the sum of a pass to the accumulator, two's complement of ACC_BITS bits, which wraps or
// saturates once a pass. Combinational: the register is the caller's.
module integer_accumulator #(
  parameter PASS_BITS   = 16,
  parameter PASS_SIGNED = 1,
  parameter ACC_BITS    = 32,
  parameter SATURATING  = 0
) (
  input  [ACC_BITS-1:0]  accumulator,
  input  [PASS_BITS-1:0] pass,
  output [ACC_BITS-1:0]  next
);
  generate
    if (SATURATING == 0) begin : wrap
      wire [ACC_BITS-1:0] term;
      resize #(.FROM(PASS_BITS), .TO(ACC_BITS), .SIGNED(PASS_SIGNED)) fit (
        .number(pass), .resized(term));
      adder #(.BITS(ACC_BITS)) add (.x(accumulator), .y(term), .sum(next));
    end else begin : saturate
      // Two bits more than the wider of both: one for an unsigned pass, one for the carry.
      localparam WIDE = (PASS_BITS > ACC_BITS ? PASS_BITS : ACC_BITS) + 2;
      wire [WIDE-1:0] held;
      wire [WIDE-1:0] term;
      wire [WIDE-1:0] exact;
      resize #(.FROM(ACC_BITS), .TO(WIDE), .SIGNED(1)) widen (
        .number(accumulator), .resized(held));
      resize #(.FROM(PASS_BITS), .TO(WIDE), .SIGNED(PASS_SIGNED)) fit (
        .number(pass), .resized(term));
      adder #(.BITS(WIDE)) add (.x(held), .y(term), .sum(exact));
      wire negative = exact[WIDE-1];
      wire fits     = exact[WIDE-1:ACC_BITS-1] == {(WIDE - ACC_BITS + 1){negative}};
      assign next = fits ? exact[ACC_BITS-1:0] : {negative, {(ACC_BITS - 1){~negative}}};
    end
  endgenerate
endmodule
