namespace Tilskudd.Tests.Workflows;

/// <summary>A small flow with all that Elsa Studio adds when it exports one.</summary>
internal static class StudioExport
{
    public const string Json = """
        {
          "$schema": "https://elsaworkflows.io/schemas/workflow-definition/v3.0.0/schema.json",
          "id": "9f1c2d3e4b5a6978", "definitionId": "exported", "tenantId": "", "name": "Exported", "description": "Drawn by hand",
          "createdAt": "2026-06-01T10:00:00.0000000+00:00", "version": 3, "toolVersion": "3.7.1.0",
          "variables": [], "inputs": [], "outputs": [], "outcomes": [],
          "customProperties": { "startsOn": "year-opened", "document": "handlingsplan", "Elsa:WorkflowContextProviderTypes": [] },
          "isReadonly": false, "isSystem": false, "isLatest": true, "isPublished": true,
          "options": { "autoUpdateConsumingWorkflows": false, "usableAsActivity": null, "activationStrategyType": null, "incidentStrategyType": null },
          "root": {
            "id": "5f5c1f0c5a5e4d1b", "nodeId": "Workflow1:5f5c1f0c5a5e4d1b", "name": "Flowchart1", "type": "Elsa.Flowchart", "version": 1,
            "customProperties": { "notFoundConnections": [], "canStartWorkflow": false, "runAsynchronously": false },
            "metadata": {}, "variables": [], "start": null,
            "activities": [
              {
                "who": { "typeName": "String", "expression": { "type": "Literal", "value": "deciding-body" }, "memoryReference": { "id": "a1:input-1" } },
                "body": null,
                "mayChangeAnswer": { "typeName": "Boolean", "expression": { "type": "Literal", "value": "False" } },
                "deadline": { "typeName": "String", "expression": { "type": "Literal", "value": "plan-decision" } },
                "due": { "typeName": "String", "expression": { "type": "Literal", "value": "+14 days" } },
                "remind": { "typeName": "Int32[]", "expression": { "type": "Object", "value": "" } },
                "escalate": null, "result": null,
                "id": "ask-them", "nodeId": "Workflow1:5f5c1f0c5a5e4d1b:ask-them", "name": "AskForApproval1", "type": "Tilskudd.AskForApproval", "version": 1,
                "customProperties": { "phase": "decision", "canStartWorkflow": true, "runAsynchronously": false },
                "metadata": { "designer": { "position": { "x": -120.5, "y": 60 }, "size": { "width": 200.1, "height": 50 } }, "displayText": "Spør" }
              },
              {
                "as": { "typeName": "String", "expression": { "type": "Literal", "value": "approved" } },
                "event": { "typeName": "String", "expression": { "type": "Literal", "value": "" } },
                "id": "end-it", "nodeId": "Workflow1:5f5c1f0c5a5e4d1b:end-it", "name": "Close1", "type": "Tilskudd.Close", "version": 1,
                "customProperties": { "phase": "decision", "canStartWorkflow": false, "runAsynchronously": false },
                "metadata": {}
              }
            ],
            "connections": [
              { "source": { "activity": "ask-them", "port": "Approved" }, "target": { "activity": "end-it", "port": "In" }, "vertices": [{ "x": 1, "y": 2 }] },
              { "source": { "activity": "ask-them", "port": "Recommended" }, "target": { "activity": "end-it", "port": "In" }, "vertices": [] },
              { "source": { "activity": "ask-them", "port": "Returned" }, "target": { "activity": "ask-them", "port": "In" }, "vertices": [] },
              { "source": { "activity": "ask-them", "port": "ToMeeting" }, "target": { "activity": "end-it" }, "vertices": [] },
              { "source": { "activity": "ask-them", "port": "NotQuorate" }, "target": { "activity": "end-it", "port": "In" } }
            ]
          }
        }
        """;
}
