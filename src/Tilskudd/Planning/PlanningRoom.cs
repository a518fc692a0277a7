using Tilskudd.SignIn;

namespace Tilskudd.Planning;

/// <summary>The handlingsplan in the browser: written, read, sent and printed.</summary>
internal static class PlanningRoom
{
    public static void AddPlanning(this IServiceCollection services)
    {
        services.AddSingleton<FindPlan>();
        services.AddSingleton<WriteSection>();
        services.AddSingleton<WriteTiltak>();
        services.AddSingleton<SendHandlingsplan>();
        services.AddSingleton<ReviewHandlingsplan>();
        services.AddSingleton<SetFrame>();
        services.AddSingleton<AttachFile>();
    }

    public static void MapPlanning(this IEndpointRouteBuilder app)
    {
        var plan = app.MapGroup("/plan/{id:guid}").RequireSignIn();
        plan.MapGet("", PlanPages.Show);
        plan.MapPost("/send", PlanPages.Send);
        plan.MapPost("/gjennomgang", PlanPages.Review);
        AttachmentPages.Map(plan);
        plan.MapGet("/ramme", PlanPages.ShowFrame);
        plan.MapPost("/ramme", PlanPages.SaveFrame);
        plan.MapGet("/endringer", PlanPages.ShowChangesPage);
        plan.MapGet("/utskrift", PlanPages.Print);
        plan.MapGet("/del/{section}", SectionPages.Show);
        plan.MapPost("/del/{section}", SectionPages.Save);
        plan.MapGet("/tiltak/ny", TiltakPages.ShowNew);
        plan.MapPost("/tiltak/ny", TiltakPages.Add);
        plan.MapGet("/tiltak/{tiltakId:guid}", TiltakPages.Show);
        plan.MapPost("/tiltak/{tiltakId:guid}", TiltakPages.Save);
        plan.MapGet("/tiltak/{tiltakId:guid}/fjern", TiltakPages.AskToRemove);
        plan.MapPost("/tiltak/{tiltakId:guid}/fjern", TiltakPages.Remove);
    }
}
