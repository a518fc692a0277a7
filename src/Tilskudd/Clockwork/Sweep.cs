namespace Tilskudd.Clockwork;

/// <summary>Work that comes due by itself: mails, reminders, checkpoints. What is due stands in the database; a sweep finds it and does it.</summary>
internal interface ISweep
{
    /// <summary>For logs and counters.</summary>
    string Name { get; }

    /// <summary>Does what is due now. Doing it twice does no harm.</summary>
    /// <returns>How many things were done.</returns>
    Task<int> Run(DateTimeOffset now, CancellationToken ct);
}
