namespace Tilskudd.Layout;

/// <summary>
/// What a person reads when the rules say no: a whole sentence for each <see cref="Cycle.Refusal"/>, under its declaring type and name,
/// with the refusal's properties as named places: <c>PlanRefusal.TextTooLong</c> has <c>{Length}</c> and <c>{Longest}</c>.
/// </summary>
internal sealed class RefusalWords;
