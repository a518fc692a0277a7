using Tilskudd.Clockwork;

namespace Tilskudd.Approval;

/// <summary>Puts the rounds into the application: the bodies' members answer, and the answers are counted.</summary>
internal static class ApprovalRoom
{
    public static void AddApproval(this IServiceCollection services)
    {
        services.AddSingleton<ReadRound>();
        services.AddSingleton<ReadRoundPanel>();
        services.AddSingleton<ReadDecision>();
        services.AddSingleton<WhatIf>();
        services.AddSingleton<EndRound>();
        services.AddSingleton<SettleRound>();
        services.AddSingleton<SignDecision>();
        services.AddSingleton<AnswerRound>();
        services.AddSingleton<CloseRound>();
        services.AddSingleton<RegisterAnswer>();
        services.AddSingleton<ReadRegistration>();
        services.AddSingleton<DecideDoubt>();
        services.AddSingleton<ReadDoubt>();
        services.AddSingleton<RegisterBodyDecision>();
        services.AddSingleton<ReadProtocol>();
        services.AddSingleton<SignProtocol>();
        services.AddSingleton<Archive.RoundPrint>();
        services.AddSingleton<LinkActs>();
        services.AddSingleton<PersonalLinks>();
        services.AddSingleton<ISweep, AskForLink>();
        services.AddSingleton<Substitutes>();
        services.AddSingleton<ISweep>(parts => parts.GetRequiredService<Substitutes>());
        services.AddSingleton<ISweep, Successors>();
    }

    public static void MapApproval(this IEndpointRouteBuilder app)
    {
        app.MapLinks();
        app.MapRounds();
        app.MapAnswers();
        app.MapLeaders();
        app.MapProtocols();
        WhatIf.Map(app);
        app.MapRegistrations();
        app.MapDoubts();
        app.MapSubstitutes();
    }
}
